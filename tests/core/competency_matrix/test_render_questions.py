from dataclasses import replace

import pytest

from core.competency_matrix.entities import Question
from core.competency_matrix.use_cases.render_questions import BATCH, RenderQuestions
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.markdown import Rendered, Surroundings
from core.rendering import OUTDATED
from core.tasks import TaskKind, TaskTaken
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.house import House
from tests.core.matrix_makers import question

DUE = TaskKind.RENDER_QUESTIONS


def linking(name: str, target: str = "target") -> Question:
    return replace(question(name, answer=f"See [[matrix:{target}]]."), mentions=(f"matrix:{target}",))


class Choosy(FakeMarkdown):
    """Some texts are too much for it."""

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        if "poison" in source:
            raise RuntimeError(source)
        return await super().render(source, lang=lang, around=around)


async def test_answers_that_mention_the_subject_are_rendered_and_no_version_is_made(house: House) -> None:
    asked, other = house.has_question(linking("a")), house.has_question(linking("b", "elsewhere"))
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    await house.make(RenderQuestions)(house.has_task(DUE, subject="matrix:target"))

    kept = house.kept(house.questions)
    assert (kept[asked.id].renderer_version, kept[asked.id].version) == (2, asked.version)
    assert kept[asked.id].own.answer_html == "<p>See [[matrix:target]].</p>"
    assert kept[other.id] == other
    assert house.kept(house.tasks) == {}


async def test_a_great_many_are_rendered_by_one_task_after_the_other(house: House) -> None:
    for number in range(BATCH + 1):
        house.has_question(linking(f"from-{number}"))
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    await house.make(RenderQuestions)(house.has_task(DUE, subject="matrix:target"))
    (task,) = house.kept(house.tasks).values()
    await house.tasks.cancel(DUE, subject=task.subject)
    await house.make(RenderQuestions)(house.has_task(DUE, subject=task.subject))

    assert {one.renderer_version for one in house.kept(house.questions).values()} == {2}
    assert house.kept(house.tasks) == {}


async def test_what_an_older_renderer_made_is_made_anew_until_there_is_none(house: House) -> None:
    house.has_question(question())
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    await house.make(RenderQuestions)(house.has_task(DUE, subject=OUTDATED))
    again = await house.tasks.begin(DUE, now=house.clock.now())
    house.transaction.settle()
    assert again
    await house.make(RenderQuestions)(again)

    assert {one.renderer_version for one in house.kept(house.questions).values()} == {2}
    assert house.kept(house.tasks) == {}


async def test_one_that_cannot_be_rendered_holds_up_none_of_the_others(house: House) -> None:
    house.markdown = Choosy(version=2)
    bad, good = house.has_question(question("bad", answer="poison")), house.has_question(question("good"))
    house.admits(Role.OPERATOR)

    await house.make(RenderQuestions)(house.has_task(DUE, subject=OUTDATED))

    kept = house.kept(house.questions)
    assert (kept[bad.id].renderer_version, kept[good.id].renderer_version) == (1, 2)
    task = await house.tasks.begin(DUE, now=house.clock.now())
    assert task
    house.transaction.settle()
    with house.changes_nothing(), pytest.raises(RuntimeError):
        await house.make(RenderQuestions)(task)


async def test_a_task_that_another_has_taken_is_not_finished_by_us(house: House) -> None:
    task = house.has_task(DUE, subject="matrix:target")
    await house.tasks.cancel(DUE, subject="matrix:target")
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with house.refuses(TaskTaken):
        await house.make(RenderQuestions)(task)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    task = house.has_task(DUE, subject=OUTDATED)
    house.admits(role)

    with house.refuses(error):
        await house.make(RenderQuestions)(task)
