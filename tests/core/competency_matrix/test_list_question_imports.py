import pytest

from core.competency_matrix.use_cases.confirm_question_import import ConfirmQuestionImport
from core.competency_matrix.use_cases.list_question_imports import ListQuestionImports
from core.competency_matrix.use_cases.start_question_import import StartQuestionImport
from core.errors import Forbidden, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.tasks import TaskKind
from tests.core.matrix_files_house import ImportingHouse
from tests.core.matrix_rows import found, row


async def test_the_files_of_the_last_day_are_listed(house: ImportingHouse) -> None:
    house.admits(Role.OWNER)
    house.matrix_files.matrix = found(row(2))
    house.has_task(TaskKind.DELETE_FILES, subject="a picture", **{"picture.webp": ""})
    start = house.make(StartQuestionImport)
    begun, gone = [await start(b"x", filename=f"{name}.csv", lang="en") for name in ("begun", "gone")]
    house.clock.pass_(hours=1)
    waiting = await start(b"x", filename="waiting.csv", lang="en")
    house.clock.pass_(hours=1)
    running = await house.make(ConfirmQuestionImport)(begun.id)
    del house.question_imports.kept[gone.id]

    assert await house.make(ListQuestionImports)() == [running, waiting]


async def test_a_silent_store_is_told(house: ImportingHouse) -> None:
    house.admits(Role.OWNER)
    house.matrix_files.matrix = found(row(2))
    await house.make(StartQuestionImport)(b"x", filename="x.csv", lang="en")
    house.question_imports.is_silent = True

    with house.refuses(Unavailable):
        await house.make(ListQuestionImports)()


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(house: ImportingHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ListQuestionImports)()
