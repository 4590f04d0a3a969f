from datetime import timedelta

import pytest

from core.competency_matrix.use_cases.empty_matrix_trash import EmptyMatrixTrash
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind, TaskTaken
from core.trash import KEPT_IN_TRASH
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import question

A_MOMENT = timedelta(seconds=1)


async def test_what_has_lain_there_long_enough_is_gone_for_good(house: House) -> None:
    house.has_question(question("old", trashed_at=NOW - KEPT_IN_TRASH))
    house.has_question(question("recent", trashed_at=NOW - KEPT_IN_TRASH + A_MOMENT))
    house.has_question(question("living"))
    task = house.has_task(TaskKind.EMPTY_MATRIX_TRASH)
    house.admits(Role.OPERATOR)

    await house.make(EmptyMatrixTrash)(task)

    assert set(house.kept(house.questions)) == {"recent", "living"}
    assert house.kept(house.tasks) == {}


async def test_a_task_that_was_taken_over_deletes_nothing(house: House) -> None:
    house.has_question(question("old", trashed_at=NOW - KEPT_IN_TRASH))
    task = house.has_task(TaskKind.EMPTY_MATRIX_TRASH)
    await house.tasks.begin(TaskKind.EMPTY_MATRIX_TRASH, now=NOW)
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with pytest.raises(TaskTaken):
        await house.make(EmptyMatrixTrash)(task)
    assert set(house.kept(house.questions)) == {"old"}


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_question(question("old", trashed_at=NOW - KEPT_IN_TRASH))
    task = house.has_task(TaskKind.EMPTY_MATRIX_TRASH)
    house.admits(role)

    with house.refuses(error):
        await house.make(EmptyMatrixTrash)(task)
