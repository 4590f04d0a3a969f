import pytest

from core.competency_matrix.errors import SuggestionNotFound
from core.competency_matrix.use_cases.show_suggestion import ALIKE_MAX, ShowSuggestion
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question, sheet, suggestion


async def test_who_decides_sees_what_resembles_it_public_or_not(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(public_question("public", asked="What is a closure in Python?"))
    house.has_question(question("draft", asked="What is a closure in C?"))
    house.has_question(question("other", asked="How does a socket close?"))
    own = house.has_suggestion(suggestion())
    house.admits(Role.MODERATOR)

    found = await house.make(ShowSuggestion)("suggestion")

    assert found.suggestion == own
    assert sorted(card.slug for card in found.alike) == ["draft", "public"]


async def test_what_it_became_is_no_double_of_it(house: House) -> None:
    house.has_sheet(sheet())
    for number in range(ALIKE_MAX + 1):
        house.has_question(question(f"q{number}", asked="What is a closure?"))
    house.has_suggestion(suggestion().accept(by_name="Owner", question_id="q5", at=NOW))
    house.admits(Role.MODERATOR)

    found = await house.make(ShowSuggestion)("suggestion")

    assert sorted(card.slug for card in found.alike) == ["q0", "q1", "q2", "q3", "q4"]


async def test_what_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.MODERATOR)

    with house.refuses(SuggestionNotFound):
        await house.make(ShowSuggestion)("none")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_decide_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_suggestion(suggestion())
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowSuggestion)("suggestion")
