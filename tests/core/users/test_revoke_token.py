import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import ApiTokenId, Role
from core.users.errors import TokenNotFound
from core.users.use_cases.revoke_token import RevokeToken
from tests.core.makers import NOW
from tests.core.tokens_house import TokensHouse


@pytest.fixture
def house() -> TokensHouse:
    return TokensHouse()


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.OWNER])
async def test_who_made_it_and_an_owner_revoke_a_token(house: TokensHouse, role: Role) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))
    house.admits(role)

    await house.make(RevokeToken)(token.id)

    assert house.kept(house.api_tokens)[token.id].revoked_at == NOW
    [recorded] = house.audit.kept
    assert (recorded.action, recorded.subject, recorded.label) == (Action.REVOKE_TOKENS, token.id, token.name)


async def test_what_was_made_with_it_ends_too(house: TokensHouse) -> None:
    author = house.has_member(Role.AUTHOR)
    root = house.has_token(author)
    child, sibling = house.has_token(author, made_with=root), house.has_token(author)
    grandchild = house.has_token(author, made_with=child)
    house.admits(Role.AUTHOR)

    await house.make(RevokeToken)(child.id)
    await house.make(RevokeToken)(root.id)

    over = {token.id for token in house.kept(house.api_tokens).values() if token.revoked_at}
    assert over == {root.id, child.id, grandchild.id}
    assert sibling.id not in over
    assert [recorded.subject for recorded in house.audit.kept] == [child.id, grandchild.id, root.id]


async def test_an_editor_may_not_revoke_anothers(house: TokensHouse) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(RevokeToken)(token.id)


async def test_an_unknown_token_is_not_found(house: TokensHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(TokenNotFound):
        await house.make(RevokeToken)(ApiTokenId("none"))


async def test_a_visitor_is_refused(house: TokensHouse) -> None:
    token = house.has_token(house.has_member(Role.AUTHOR))

    with house.refuses(Unauthenticated):
        await house.make(RevokeToken)(token.id)
