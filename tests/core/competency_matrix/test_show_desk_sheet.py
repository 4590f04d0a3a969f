from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.layout import in_order
from core.competency_matrix.use_cases.show_desk_sheet import ShowDeskSheet
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import SENIOR, public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_sheet(sheet("web"))
    house.has_question(public_question("public"))
    house.has_question(question("no-grade", grade=None, subsection="types"))
    house.has_question(question("foreign", by=Role.EDITOR, grade=SENIOR))
    house.has_question(question("thrown-away", trashed_at=NOW))
    return house


async def test_editor_sees_all_of_a_sheet_with_a_column_for_what_has_no_grade(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    found = await house.make(ShowDeskSheet)("python", lang="en")

    assert [card.slug for card in in_order(found.bands)] == ["public", "foreign", "no-grade"]
    assert [cell.grade.key if cell.grade else None for cell in found.bands[0].rows[1].cells][-2:] == ["senior", None]
    assert [one.key for one in found.sheets] == ["python", "web"]


async def test_author_sees_her_own_and_may_narrow_it(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    found = await house.make(ShowDeskSheet)("python", Choice(section="names"), lang="en")

    assert [card.slug for card in in_order(found.bands)] == ["public"]
    assert len(found.bands[0].rows[0].cells) == 5


async def test_a_sheet_that_there_is_not_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(ShowDeskSheet)("python", lang="en")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with furnished(house).refuses(Unauthenticated):
        await house.make(ShowDeskSheet)("python", lang="en")
