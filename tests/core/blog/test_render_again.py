from dataclasses import replace

import pytest

from core.blog.entities import Post
from core.blog.use_cases.render_again import BATCH, RenderAgain
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.markdown import FindingKind, Rendered, Surroundings
from core.rendering import OUTDATED
from core.tasks import TaskKind, TaskTaken
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.house import House
from tests.core.makers import draft, published

DUE = TaskKind.RENDER_AGAIN


def render(house: House) -> RenderAgain:
    return RenderAgain(
        access=house.access,
        posts=house.posts,
        typesetter=house.typesetter,
        tasks=house.tasks,
        clock=house.clock,
        transaction=house.transaction,
    )


def linking(name: str, target: str) -> Post:
    return replace(draft(name, body=f"See [[post:{target}]]."), mentions=(f"post:{target}",))


class Choosy(FakeMarkdown):
    """Some texts are too much for it."""

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        if "poison" in source:
            raise RuntimeError(source)
        return await super().render(source, lang=lang, around=around)


async def test_texts_that_mention_the_subject_are_rendered_with_what_is_there_now(house: House) -> None:
    house.has_post(published("target"))
    post, other = house.has_post(linking("a", "target")), house.has_post(linking("b", "elsewhere"))
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    await render(house)(house.has_task(DUE, subject="post:target"))

    kept = house.kept(house.posts)
    assert (kept[post.id].renderer_version, kept[post.id].version, kept[post.id].findings) == (2, post.version, ())
    assert kept[other.id] == other
    (handed_on,) = house.kept(house.tasks).values()
    assert (handed_on.kind, handed_on.subject) == (TaskKind.RENDER_QUESTIONS, "post:target")


async def test_a_great_many_texts_are_rendered_by_one_task_after_the_other(house: House) -> None:
    house.has_post(published("target"))
    posts = [house.has_post(linking(f"from-{number}", "target")) for number in range(BATCH + 1)]
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    await render(house)(house.has_task(DUE, subject="post:target"))
    assert [house.kept(house.posts)[post.id].renderer_version for post in posts].count(2) == BATCH
    (task,) = [task for task in house.kept(house.tasks).values() if task.kind is DUE]
    assert task.subject.startswith("post:target?after=")

    await house.tasks.cancel(DUE, subject=task.subject)
    await render(house)(house.has_task(DUE, subject=task.subject))
    assert {house.kept(house.posts)[post.id].renderer_version for post in posts} == {2}
    assert {task.kind for task in house.kept(house.tasks).values()} == {TaskKind.RENDER_QUESTIONS}


async def test_what_was_a_link_is_reported_when_nothing_is_there_any_more(house: House) -> None:
    post = house.has_post(linking("a", "gone"))
    house.admits(Role.OPERATOR)

    await render(house)(house.has_task(DUE, subject="post:gone"))

    (finding,) = house.kept(house.posts)[post.id].findings
    assert finding.kind is FindingKind.BROKEN_LINK


async def test_what_an_older_renderer_made_is_made_anew_batch_by_batch(house: House) -> None:
    for number in range(BATCH + 1):
        house.has_post(draft(f"post-{number}"))
    house.markdown.version = 2
    house.admits(Role.OPERATOR)
    rounds = 0

    task = house.has_task(DUE, subject=OUTDATED)
    while True:
        await render(house)(task)
        rounds += 1
        again = await house.tasks.begin(DUE, now=house.clock.now())
        if again is None:
            break
        task = again
        house.transaction.settle()

    assert {post.renderer_version for post in house.kept(house.posts).values()} == {2}
    assert rounds == 3


async def test_a_text_that_cannot_be_rendered_holds_up_none_of_the_others(house: House) -> None:
    house.markdown = Choosy(version=2)
    bad, good = house.has_post(draft("bad", body="poison")), house.has_post(draft("good"))
    house.admits(Role.OPERATOR)

    await render(house)(house.has_task(DUE, subject=OUTDATED))

    kept = house.kept(house.posts)
    assert (kept[bad.id].renderer_version, kept[good.id].renderer_version) == (1, 2)
    task = await house.tasks.begin(DUE, now=house.clock.now())
    assert task is not None
    house.transaction.settle()
    with house.changes_nothing(), pytest.raises(RuntimeError):
        await render(house)(task)


async def test_answers_of_the_matrix_do_not_wait_for_a_post_that_cannot_be_rendered(house: House) -> None:
    house.markdown = Choosy(version=2)
    house.has_post(replace(linking("bad", "target"), body="poison"))
    house.admits(Role.OPERATOR)

    with pytest.raises(RuntimeError):
        await render(house)(house.has_task(DUE, subject="post:target"))

    house.kept(house.tasks)
    assert house.tasks.find(TaskKind.RENDER_QUESTIONS, "post:target")


async def test_a_task_that_another_has_taken_is_not_finished_by_us(house: House) -> None:
    task = house.has_task(DUE, subject="post:target")
    await house.tasks.cancel(DUE, subject="post:target")
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with house.refuses(TaskTaken):
        await render(house)(task)


async def test_owner_may_not_do_the_runners_work(house: House) -> None:
    task = house.has_task(DUE, subject=OUTDATED)
    house.admits(Role.OWNER)

    with house.refuses(Forbidden):
        await render(house)(task)


async def test_a_refused_visitor_changes_nothing(house: House) -> None:
    task = house.has_task(DUE, subject=OUTDATED)

    with house.refuses(Unauthenticated):
        await render(house)(task)
