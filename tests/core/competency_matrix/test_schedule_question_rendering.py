import pytest

from core.competency_matrix.use_cases.schedule_question_rendering import ScheduleQuestionRendering
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.rendering import OUTDATED
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.matrix_makers import question


async def test_after_an_update_old_answers_are_rendered_by_the_runner(house: House) -> None:
    house.has_question(question())
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    assert await house.make(ScheduleQuestionRendering)()

    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject) == (TaskKind.RENDER_QUESTIONS, OUTDATED)


async def test_a_site_whose_answers_are_all_of_this_release_is_left_alone(house: House) -> None:
    house.has_question(question())
    house.admits(Role.OPERATOR)

    with house.changes_nothing():
        assert not await house.make(ScheduleQuestionRendering)()


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_question(question())
    house.markdown.version = 2
    house.admits(role)

    with house.refuses(error):
        await house.make(ScheduleQuestionRendering)()
