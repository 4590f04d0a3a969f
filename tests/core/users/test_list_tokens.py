import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.errors import TokenNotFound
from core.users.use_cases.list_tokens import ListTokens
from tests.core.tokens_house import TokensHouse


@pytest.fixture
def house() -> TokensHouse:
    return TokensHouse()


async def test_a_member_sees_her_own_and_an_owner_all(house: TokensHouse) -> None:
    hers = house.has_token(house.has_member(Role.AUTHOR))
    owners = house.has_token(house.has_member(Role.OWNER))

    house.admits(Role.AUTHOR)
    assert [each.token for each in (await house.make(ListTokens)()).items] == [hers]
    house.admits(Role.OWNER)
    listed = await house.make(ListTokens)()
    assert [(each.token.id, each.user_name) for each in listed.items] == [(hers.id, "Author"), (owners.id, "Owner")]


async def test_what_is_revoked_is_seen_no_more(house: TokensHouse) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))
    await house.api_tokens.revoke(token.id, house.clock.now())
    house.admits(Role.AUTHOR)

    assert (await house.make(ListTokens)()).items == ()


async def test_a_page_that_is_not_there_is_not_found(house: TokensHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(TokenNotFound):
        await house.make(ListTokens)(2)


async def test_a_visitor_is_refused(house: TokensHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ListTokens)()


async def test_a_token_without_that_scope_may_not_look(house: TokensHouse) -> None:
    house.admits_token(Role.OWNER, house.has_token(house.has_member(Role.OWNER)))

    with house.refuses(Forbidden):
        await house.make(ListTokens)()
