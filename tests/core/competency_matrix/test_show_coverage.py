from dataclasses import replace

from core.access import Action
from core.competency_matrix.errors import CoverageHidden
from core.competency_matrix.use_cases.show_coverage import ShowCoverage
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import published
from tests.core.matrix_makers import SENIOR, public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_sheet(sheet("empty"))
    house.has_post(published("shown"))
    house.has_question(replace(public_question("a"), evidence=("shown",)))
    house.has_question(public_question("b", subsection="types"))
    house.has_question(public_question("c", subsection="files", grade=SENIOR))
    house.has_question(question("draft"))
    return house


async def test_owner_sees_how_much_each_section_has_of_each_grade(house: House) -> None:
    furnished(house).admits(Role.OWNER)

    python, empty = (await house.make(ShowCoverage)()).sheets

    language, library = python.sections
    assert [(cell.questions, cell.with_evidence) for cell in language.cells] == [(2, 1), (0, 0), (0, 0), (0, 0), (0, 0)]
    assert (language.questions, language.with_evidence, library.questions) == (2, 1, 1)
    assert library.cells[-1].questions == 1
    assert (python.tally.questions, empty.tally.questions) == (3, 0)


async def test_visitor_sees_it_where_the_owner_wishes(house: House) -> None:
    furnished(house)
    house.sheets.chosen.kept = replace(house.sheets.chosen.kept, shows_coverage=True)

    assert len((await house.make(ShowCoverage)()).sheets) == 2


async def test_visitor_does_not_see_it_otherwise(house: House) -> None:
    with furnished(house).refuses(CoverageHidden):
        await house.make(ShowCoverage)()


async def test_a_refused_visitor_sees_nothing_where_the_matrix_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ShowCoverage)()
