import logging
from datetime import timedelta

import pytest

from core.blog.use_cases.announce_posts import BATCH, AnnouncePosts
from core.errors import Forbidden, Unauthenticated
from core.events import EventKind
from core.identity import Role
from core.tasks import TaskKind, TaskTaken
from tests.core.house import House
from tests.core.makers import NOW, draft, published

DUE = TaskKind.ANNOUNCE_POSTS


def announce(house: House) -> AnnouncePosts:
    return house.make(AnnouncePosts)


async def test_what_became_public_is_announced_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    due, later = house.has_post(published("due")), house.has_post(published("later", at=NOW + timedelta(hours=1)))
    house.has_post(draft())
    house.admits(Role.OPERATOR)

    with caplog.at_level(logging.INFO):
        await announce(house)(house.has_task(DUE, subject=due.id))
        await announce(house)(house.has_task(DUE, subject=due.id))

    kept = house.kept(house.posts)
    assert (kept[due.id].announced_at, kept[due.id].version) == (NOW, due.version)
    assert kept[later.id] == later
    assert [vars(record)["post"] for record in caplog.records if record.message == "post_published"] == [due.id]


async def test_texts_that_speak_of_it_are_rendered_again(house: House) -> None:
    due = house.has_post(published("due"))
    house.admits(Role.OPERATOR)

    await announce(house)(house.has_task(DUE, subject=due.id))

    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.RENDER_AGAIN, "post:due", NOW)


async def test_those_who_subscribed_hear_of_it_once(house: House) -> None:
    due = house.has_post(published("due"))
    house.admits(Role.OPERATOR)

    for _ in range(2):
        await announce(house)(house.has_task(DUE, subject=due.id))

    ((kind, subject, details),) = house.kept(house.events)
    assert (kind, subject, details["path"]) == (EventKind.POST_PUBLISHED, due.id, "/blog/due")


async def test_the_next_scheduled_post_is_not_forgotten(house: House) -> None:
    later = house.has_post(published("later", at=NOW + timedelta(hours=1)))
    house.admits(Role.OPERATOR)

    await announce(house)(house.has_task(DUE))

    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.due_at) == (DUE, later.published_at)


async def test_more_than_a_batch_goes_on_at_once(house: House) -> None:
    for number in range(BATCH + 1):
        house.has_post(published(f"post-{number}"))
    house.admits(Role.OPERATOR)

    await announce(house)(house.has_task(DUE, subject="post-0"))

    again = [task for task in house.kept(house.tasks).values() if task.kind is DUE]
    assert [(task.subject, task.due_at) for task in again] == [("", NOW)]
    assert [post.announced_at for post in house.kept(house.posts).values()].count(None) == 1


async def test_a_task_that_another_has_taken_changes_nothing(house: House) -> None:
    due = house.has_post(published("due"))
    task = house.has_task(DUE, subject=due.id)
    await house.tasks.cancel(DUE, subject=due.id)
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with house.refuses(TaskTaken):
        await announce(house)(task)


async def test_owner_may_not_announce_by_hand(house: House) -> None:
    task = house.has_task(DUE)
    house.admits(Role.OWNER)

    with house.refuses(Forbidden):
        await announce(house)(task)


async def test_a_refused_visitor_changes_nothing(house: House) -> None:
    task = house.has_task(DUE)

    with house.refuses(Unauthenticated):
        await announce(house)(task)
