from dataclasses import replace

import pytest

from core.access import Action
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.layout import in_order
from core.competency_matrix.texts import Frequency
from core.competency_matrix.use_cases.show_sheet import ShownSheet, ShowSheet
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import published
from tests.core.matrix_makers import JUNIOR, SENIOR, public_question, question, sheet


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet("python", former_keys=("snake",)))
    house.has_sheet(sheet("web"))
    house.has_post(published("shown"))
    house.has_question(public_question("files", subsection="files", grade=SENIOR))
    house.has_question(replace(public_question("second"), position=2, frequency=Frequency.OFTEN))
    house.has_question(replace(public_question("first"), position=1, evidence=("shown",)))
    house.has_question(public_question("elsewhere", sheet_id="web"))
    house.has_question(question("hidden"))
    return house


def slugs(found: ShownSheet) -> list[str]:
    cards: tuple[QuestionCard, ...] = in_order(found.bands)
    return [card.slug for card in cards]


async def test_visitor_sees_the_questions_in_the_order_of_sections_grades_and_cells(furnished: House) -> None:
    found = await furnished.make(ShowSheet)("python", lang="en")

    assert slugs(found) == ["first", "second", "files"]
    assert (found.shown, found.tally.questions, dict(found.tally.by_grade)) == (3, 3, {JUNIOR: 2, SENIOR: 1})
    assert [one.key for one in found.sheets] == ["python", "web"]
    row = found.bands[0].rows[0]
    assert [len(cell.cards) for cell in row.cells] == [2, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (Choice(grades=frozenset({SENIOR})), ["files"]),
        (Choice(section="language"), ["first", "second"]),
        (Choice(section="files"), ["files"]),
        (Choice(frequencies=frozenset({Frequency.OFTEN})), ["second"]),
        (Choice(has_evidence=True), ["first"]),
        (Choice(text=" SECOND "), ["second"]),
        (Choice(text="nothing of the kind"), []),
    ],
)
async def test_a_choice_narrows_the_sheet_but_not_its_counts(
    furnished: House, choice: Choice, shown: list[str]
) -> None:
    found = await furnished.make(ShowSheet)("python", choice, lang="en")

    assert choice.is_narrow
    assert slugs(found) == shown
    assert found.tally.questions == 3


async def test_a_sheet_is_found_by_the_address_that_it_had(furnished: House) -> None:
    assert (await furnished.make(ShowSheet)("snake", lang="en")).sheet.key == "python"


async def test_a_sheet_that_there_is_not_is_not_found(house: House) -> None:
    with house.refuses(SheetNotFound):
        await house.make(ShowSheet)("python", lang="en")


async def test_a_refused_visitor_sees_nothing_where_the_matrix_is_closed(furnished: House) -> None:
    furnished.forbids(Action.READ_MATRIX)

    with furnished.refuses(Unauthenticated):
        await furnished.make(ShowSheet)("python", lang="en")
