from dataclasses import replace

from core.access import Action
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import NOW, published
from tests.core.matrix_makers import JUNIOR, SENIOR, public_question, question, sheet


async def test_visitor_sees_the_sheets_in_their_order_with_counts(house: House) -> None:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("empty"))
    house.has_post(published("shown"))
    house.has_question(replace(public_question("a"), evidence=("shown",)))
    house.has_question(public_question("b", grade=SENIOR, subsection="files"))
    house.has_question(question("draft"))
    house.has_question(replace(public_question("gone"), trashed_at=NOW))

    found = await house.make(ShowMatrix)()

    assert [one.sheet.key for one in found.sheets] == ["python", "empty"]
    python, empty = (one.tally for one in found.sheets)
    assert (python.questions, python.with_evidence, dict(python.by_grade)) == (2, 1, {JUNIOR: 1, SENIOR: 1})
    assert (empty.questions, dict(empty.by_grade)) == (0, {})
    assert found.tally == python
    assert len(found.settings.grades) == 5


async def test_a_refused_visitor_sees_nothing_where_the_matrix_is_closed(house: House) -> None:
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ShowMatrix)()
