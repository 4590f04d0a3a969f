import pytest

from core.competency_matrix.files import BadMatrixFile, FoundMatrix, MatrixFormat
from core.competency_matrix.planting import SheetCode
from core.competency_matrix.question_imports import (
    KEPT_FOR,
    WAITING_MAX,
    QuestionImportState,
    TooManyFiles,
    count_waiting,
    matrix_format_named,
)
from core.competency_matrix.use_cases.confirm_question_import import ConfirmQuestionImport
from core.competency_matrix.use_cases.start_question_import import StartQuestionImport
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.tasks import TaskKind
from tests.core.matrix_files_house import ImportingHouse
from tests.core.matrix_rows import found, row


@pytest.fixture
def owned(house: ImportingHouse) -> ImportingHouse:
    house.admits(Role.OWNER)
    house.matrix_files.matrix = found(row(2), row(3))
    return house


async def test_a_file_is_kept_for_a_day_and_nothing_is_written(owned: ImportingHouse) -> None:
    start = owned.make(StartQuestionImport)

    one = await start(b"rows", filename="C:\\lists\\my.csv", lang="en", form=MatrixFormat.CSV)

    assert owned.question_imports.kept == {one.id: (one, b"rows")}
    assert (one.state, one.filename, one.total, one.author_id) == (QuestionImportState.READY, "my.csv", 2, "owner")
    assert (one.is_over, one.chosen, len(one.id)) == (False, 2, 32)
    assert owned.matrix_files.asked == [MatrixFormat.CSV]
    (task,) = owned.kept(owned.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (
        TaskKind.DELETE_FILES,
        f"waiting-{one.id}",
        owned.clock.now() + KEPT_FOR,
    )
    assert set(task.payload) == set(one.objects)
    assert not owned.kept(owned.questions)


async def test_a_file_of_sheets_alone_is_one_too(owned: ImportingHouse) -> None:
    owned.matrix_files.matrix = FoundMatrix(rows=(), sheets=[SheetCode(key="rust", name="Rust")])

    assert (await owned.make(StartQuestionImport)(b"{}", filename="", lang="en")).total == 0


async def test_nothing_and_what_has_no_questions_is_refused_with_a_reason(owned: ImportingHouse) -> None:
    with owned.refuses(BadMatrixFile) as refused:
        await owned.make(StartQuestionImport)(b"", filename="", lang="en")
    assert refused.value.problems[0].field == "file"  # type: ignore[attr-defined]

    owned.matrix_files.matrix = found()
    with owned.refuses(BadMatrixFile):
        await owned.make(StartQuestionImport)(b"x", filename="x.csv", lang="en")


async def test_only_so_many_files_wait(owned: ImportingHouse) -> None:
    start, confirm = owned.make(StartQuestionImport), owned.make(ConfirmQuestionImport)
    first, *_ = [await start(b"x", filename="x.csv", lang="en") for _ in range(WAITING_MAX)]

    with owned.refuses(TooManyFiles):
        await start(b"x", filename="x.csv", lang="en")
    await confirm(first.id)

    assert (await start(b"x", filename="x.csv", lang="en")).state is QuestionImportState.READY


async def test_a_store_that_is_silent_leaves_only_the_order_to_delete(owned: ImportingHouse) -> None:
    owned.question_imports.is_silent = True

    with pytest.raises(Unavailable):
        await owned.make(StartQuestionImport)(b"x", filename="x.csv", lang="en")

    assert not owned.question_imports.kept
    assert [task.kind for task in owned.kept(owned.tasks).values()] == [TaskKind.DELETE_FILES]
    assert await count_waiting(owned.tasks) == 0


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(house: ImportingHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(StartQuestionImport)(b"x", filename="x.csv", lang="en")


def test_forms_have_names() -> None:
    assert (matrix_format_named(""), matrix_format_named("auto")) == (None, None)
    assert matrix_format_named("xlsx") is MatrixFormat.XLSX
    with pytest.raises(Invalid):
        matrix_format_named("pdf")
