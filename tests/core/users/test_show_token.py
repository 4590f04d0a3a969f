import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import ApiTokenId, Role
from core.users.errors import TokenNotFound
from core.users.use_cases.show_token import ShowToken
from tests.core.tokens_house import TokensHouse


@pytest.fixture
def house() -> TokensHouse:
    return TokensHouse()


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.OWNER])
async def test_who_made_it_and_an_owner_see_a_token(house: TokensHouse, role: Role) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))
    house.admits(role)

    shown = await house.make(ShowToken)(token.id)

    assert (shown.token, shown.user_name) == (token, "Author")


async def test_an_editor_may_not_see_anothers(house: TokensHouse) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(ShowToken)(token.id)


async def test_an_unknown_token_is_not_found(house: TokensHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(TokenNotFound):
        await house.make(ShowToken)(ApiTokenId("none"))


async def test_a_visitor_is_refused(house: TokensHouse) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))

    with house.refuses(Unauthenticated):
        await house.make(ShowToken)(token.id)
