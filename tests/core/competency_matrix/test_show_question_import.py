import pytest

from core.competency_matrix.question_imports import QuestionImportGone, QuestionImportId, QuestionImportState
from core.competency_matrix.row_check import Verdict
from core.competency_matrix.use_cases.show_question_import import ShowQuestionImport
from core.errors import Forbidden, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from tests.core.matrix_files_house import THIS, ImportingHouse
from tests.core.matrix_makers import question, sheet
from tests.core.matrix_rows import row


@pytest.fixture
def furnished(house: ImportingHouse) -> ImportingHouse:
    house.has_sheet(sheet())
    house.has_question(question("closure"))
    house.admits(Role.OWNER)
    return house


async def test_an_owner_sees_what_would_become_of_each_row(furnished: ImportingHouse) -> None:
    furnished.has_file(row(2), row(3, slug="fresh", question="Fresh?"), row(4, grade="guru"))

    with furnished.changes_nothing():
        shown = await furnished.make(ShowQuestionImport)(THIS)

    assert shown.one == furnished.this
    assert shown.checked is not None
    assert [(one.verdict, one.double, one.double_id) for one in shown.checked.rows] == [
        (Verdict.DOUBLE, "closure", "closure"),
        (Verdict.NEW, "", ""),
        (Verdict.WRONG, "", ""),
    ]


@pytest.mark.parametrize("state", [QuestionImportState.RUNNING, QuestionImportState.DONE])
async def test_later_the_file_is_not_looked_into(furnished: ImportingHouse, state: QuestionImportState) -> None:
    furnished.has_file(row(2), state=state)

    shown = await furnished.make(ShowQuestionImport)(THIS)

    assert (shown.checked, furnished.matrix_files.asked) == (None, [])


async def test_what_was_left_too_long_is_gone(furnished: ImportingHouse) -> None:
    with furnished.refuses(QuestionImportGone):
        await furnished.make(ShowQuestionImport)(QuestionImportId("gone"))


async def test_a_store_that_is_silent_is_told(furnished: ImportingHouse) -> None:
    furnished.has_file(row(2))
    furnished.question_imports.is_silent = True

    with furnished.refuses(Unavailable):
        await furnished.make(ShowQuestionImport)(THIS)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(furnished: ImportingHouse, role: Role, error: type[TerraceError]) -> None:
    furnished.has_file(row(2))
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(ShowQuestionImport)(THIS)
