from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import TerraceError
from core.identity import Role
from core.users.api_tokens import ApiToken
from core.users.errors import SessionEnded, TokenEnded
from core.users.token_authentication import AuthenticateToken
from tests.core.fakes.api_tokens import FakeApiTokenCodes
from tests.core.makers import NOW
from tests.core.tokens_house import DRAFTS, TokensHouse


@pytest.fixture
def house() -> TokensHouse:
    return TokensHouse()


@pytest.fixture
def secret(house: TokensHouse) -> str:
    return house.codes.make()


@pytest.fixture
def token(house: TokensHouse, secret: str) -> ApiToken:
    made = house.has_token(house.has_member(Role.AUTHOR))
    return house.keeps(replace(made, digest=house.codes.digests(secret)[0]))


async def test_a_token_acts_for_its_maker_within_its_scopes(house: TokensHouse, token: ApiToken, secret: str) -> None:
    actor = await house.make(AuthenticateToken)(secret)

    assert (actor.role, actor.user_id, actor.token_id) == (Role.AUTHOR, token.user_id, token.id)
    assert (actor.scopes, actor.is_draft_only, actor.session_id) == (DRAFTS, False, None)
    assert not actor.is_anonymous


async def test_its_use_is_noted_once_an_hour(house: TokensHouse, token: ApiToken, secret: str) -> None:
    authenticate = house.make(AuthenticateToken)

    for _ in range(3):
        await authenticate(secret)
        house.clock.pass_(minutes=25)
    assert (house.transaction.commits, house.kept(house.api_tokens)[token.id].used_at) == (1, NOW)
    await authenticate(secret)
    assert house.kept(house.api_tokens)[token.id].used_at == NOW + timedelta(minutes=75)


async def test_it_is_kept_by_todays_key_from_its_next_use_on(house: TokensHouse, token: ApiToken, secret: str) -> None:
    house.codes = FakeApiTokenCodes(keys=("newer key", "key"))

    await house.make(AuthenticateToken)(secret)

    assert house.kept(house.api_tokens)[token.id].digest == house.codes.digests(secret)[0] != token.digest


@pytest.mark.parametrize("given", ["", "trc_", "trc_x", "trc_9999", "session"])
async def test_what_is_no_token_is_refused(house: TokensHouse, token: ApiToken, given: str) -> None:
    del token

    with house.refuses(SessionEnded):
        await house.make(AuthenticateToken)(given)


async def test_another_sites_token_is_refused(house: TokensHouse, token: ApiToken, secret: str) -> None:
    del token
    house.codes = FakeApiTokenCodes("boris")

    with house.refuses(SessionEnded):
        await house.make(AuthenticateToken)(secret)


@pytest.mark.parametrize("what", ["expired", "revoked", "disabled"])
async def test_a_token_that_is_over_is_refused_like_one_that_never_was(
    house: TokensHouse, token: ApiToken, secret: str, what: str
) -> None:
    if what == "expired":
        house.clock.pass_(days=30)
    elif what == "revoked":
        house.keeps(replace(token, revoked_at=NOW))
    else:
        house.has_user(replace(house.users.kept[token.user_id], disabled_at=NOW))

    with house.refuses(TokenEnded) as refused:
        await house.make(AuthenticateToken)(secret)

    error: TerraceError = refused.value
    assert (error.code, error.message, error.params) == (SessionEnded.code, SessionEnded.message, {})
    assert isinstance(error, TokenEnded)
    assert (error.actor.token_id, error.actor.user_id, error.name) == (token.id, token.user_id, token.name)


async def test_a_token_ends_with_its_maker(house: TokensHouse, token: ApiToken, secret: str) -> None:
    del house.users.kept[token.user_id]

    with house.refuses(SessionEnded):
        await house.make(AuthenticateToken)(secret)
