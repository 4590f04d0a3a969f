import pytest

from core.competency_matrix.use_cases.announce_question import AnnounceQuestion
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind, TaskTaken
from tests.core.house import House
from tests.core.matrix_makers import public_question, question

DUE = TaskKind.ANNOUNCE_QUESTION


async def test_links_to_a_question_that_has_become_public_are_made_anew(house: House) -> None:
    asked = house.has_question(public_question())
    task = house.has_task(DUE, subject=asked.id)
    house.admits(Role.OPERATOR)

    await house.make(AnnounceQuestion)(task)

    (left,) = house.kept(house.tasks).values()
    assert (left.kind, left.subject) == (TaskKind.RENDER_AGAIN, f"matrix:{asked.slug}")


@pytest.mark.parametrize("name", ["hidden", "gone"])
async def test_nothing_follows_for_what_nobody_reads(house: House, name: str) -> None:
    house.has_question(question("hidden"))
    task = house.has_task(DUE, subject=name)
    house.admits(Role.OPERATOR)

    await house.make(AnnounceQuestion)(task)

    assert house.kept(house.tasks) == {}


async def test_a_task_that_was_taken_over_changes_nothing(house: House) -> None:
    house.has_question(question("hidden"))
    task = house.has_task(DUE, subject="hidden")
    await house.tasks.cancel(DUE, subject="hidden")
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with house.refuses(TaskTaken):
        await house.make(AnnounceQuestion)(task)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    task = house.has_task(DUE, subject="hidden")
    house.admits(role)

    with house.refuses(error):
        await house.make(AnnounceQuestion)(task)
