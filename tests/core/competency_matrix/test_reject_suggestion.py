import pytest

from core.competency_matrix.errors import SuggestionDecided, SuggestionNotFound
from core.competency_matrix.suggestions import SuggestionState
from core.competency_matrix.use_cases.reject_suggestion import RejectSuggestion
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import suggestion


async def test_who_decides_puts_it_aside(house: House) -> None:
    house.has_suggestion(suggestion())
    house.admits(Role.MODERATOR)

    rejected = await house.make(RejectSuggestion)("suggestion")

    assert house.kept(house.suggestions) == {rejected.id: rejected}
    assert (rejected.state, rejected.decided_by_name) == (SuggestionState.REJECTED, "Moderator")
    assert (rejected.decided_at, rejected.question_id) == (NOW, None)


@pytest.mark.parametrize("is_accepted", [True, False])
async def test_it_is_decided_once(house: House, is_accepted: bool) -> None:
    new = suggestion()
    accepted, rejected = new.accept(by_name="Owner", question_id="q", at=NOW), new.reject(by_name="Owner", at=NOW)
    house.has_suggestion(accepted if is_accepted else rejected)
    house.admits(Role.MODERATOR)

    with house.refuses(SuggestionDecided):
        await house.make(RejectSuggestion)("suggestion")


async def test_what_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.MODERATOR)

    with house.refuses(SuggestionNotFound):
        await house.make(RejectSuggestion)("none")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_decide_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_suggestion(suggestion())
    house.admits(role)

    with house.refuses(error):
        await house.make(RejectSuggestion)("suggestion")
