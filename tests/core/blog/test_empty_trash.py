from datetime import timedelta

import pytest

from core.blog.entities import Post
from core.blog.use_cases.empty_trash import EmptyTrash
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind, TaskTaken
from core.trash import KEPT_IN_TRASH
from tests.core.house import House
from tests.core.makers import NOW, draft

A_MOMENT = timedelta(seconds=1)


def empty_trash(house: House) -> EmptyTrash:
    return EmptyTrash(
        access=house.access, posts=house.posts, tasks=house.tasks, clock=house.clock, transaction=house.transaction
    )


def thrown_away(house: House, name: str, *, ago: timedelta) -> Post:
    return house.has_post(draft(name, trashed_at=house.clock.now() - ago))


async def test_what_has_lain_there_long_enough_is_gone_for_good(house: House) -> None:
    thrown_away(house, "old", ago=KEPT_IN_TRASH)
    recent = thrown_away(house, "recent", ago=KEPT_IN_TRASH - A_MOMENT)
    living = house.has_post(draft("living"))
    task = house.has_task(TaskKind.EMPTY_TRASH)
    house.admits(Role.OPERATOR)
    await empty_trash(house)(task)

    assert set(house.kept(house.posts)) == {recent.id, living.id}
    assert house.kept(house.tasks) == {}


async def test_a_task_that_was_taken_over_deletes_nothing(house: House) -> None:
    old = thrown_away(house, "old", ago=KEPT_IN_TRASH)
    task = house.has_task(TaskKind.EMPTY_TRASH)
    await house.tasks.begin(TaskKind.EMPTY_TRASH, now=NOW)
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with pytest.raises(TaskTaken):
        await empty_trash(house)(task)
    assert old.id in house.kept(house.posts)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    thrown_away(house, "old", ago=KEPT_IN_TRASH)
    task = house.has_task(TaskKind.EMPTY_TRASH)
    house.admits(role)

    with house.refuses(error):
        await empty_trash(house)(task)
