"""From a token to the one who holds it."""

from datetime import timedelta

import pytest

from core.identity import Role
from core.users.authentication import REISSUE_AFTER, Authenticate, browser_claims
from core.users.credentials import TokenKind
from core.users.entities import IDLE_LIFE, SEEN_EVERY, SessionKind
from core.users.token_pairs import token_pair
from tests.core.fakes.credentials import FakeSessionTokens
from tests.core.house import House
from tests.core.makers import NOW, member, stay


def authenticate(house: House) -> Authenticate:
    return Authenticate(tokens=house.tokens, sessions=house.sessions, clock=house.clock, transaction=house.transaction)


def cookie(house: House) -> str:
    house.has_user(member())
    return house.tokens.issue(browser_claims(house.has_session(stay()), NOW))


async def test_a_cookie_leads_to_the_member_without_a_write(house: House) -> None:
    token = cookie(house)
    house.clock.pass_(minutes=59)

    with house.changes_nothing():
        found = await authenticate(house)(token, TokenKind.BROWSER)

    assert found is not None
    assert found.actor == member().acting(stay().id)
    assert found.session == stay()
    assert found.reissued is None


async def test_an_access_token_leads_to_the_member_and_is_never_reissued(house: House) -> None:
    house.has_user(member())
    session = house.has_session(stay(kind=SessionKind.API))
    token = token_pair(house.tokens, session, NOW).access_token
    house.clock.pass_(minutes=14)

    found = await authenticate(house)(token, TokenKind.ACCESS)

    assert found is not None
    assert found.actor.role == Role.AUTHOR
    assert found.reissued is None


async def test_being_seen_is_noted_once_an_hour(house: House) -> None:
    token = cookie(house)
    house.clock.pass_(seconds=SEEN_EVERY.total_seconds())

    await authenticate(house)(token, TokenKind.BROWSER)

    assert house.kept(house.sessions)[stay().id].seen_at == NOW + SEEN_EVERY


async def test_a_cookie_is_spelled_anew_every_day_for_the_same_session(house: House) -> None:
    token = cookie(house)
    house.clock.pass_(seconds=REISSUE_AFTER.total_seconds())

    found = await authenticate(house)(token, TokenKind.BROWSER)

    assert found is not None
    claims = house.tokens.read(found.reissued or "", TokenKind.BROWSER, now=house.clock.now())
    assert claims is not None
    assert claims.session_id == stay().id
    assert claims.expires_at == house.clock.now() + IDLE_LIFE


@pytest.mark.parametrize("kind", [TokenKind.ACCESS, TokenKind.REFRESH])
async def test_a_cookie_does_not_pass_as_another_kind(house: House, kind: TokenKind) -> None:
    assert await authenticate(house)(cookie(house), kind) is None


async def test_a_refresh_token_opens_nothing(house: House) -> None:
    house.has_user(member())
    pair = token_pair(house.tokens, house.has_session(stay(kind=SessionKind.API)), NOW)

    for kind in (TokenKind.ACCESS, TokenKind.BROWSER):
        assert await authenticate(house)(pair.refresh_token, kind) is None


async def test_an_access_token_ends_after_a_quarter_of_an_hour(house: House) -> None:
    house.has_user(member())
    token = token_pair(house.tokens, house.has_session(stay(kind=SessionKind.API)), NOW).access_token
    house.clock.pass_(minutes=15)

    assert await authenticate(house)(token, TokenKind.ACCESS) is None


async def test_the_token_of_another_site_leads_to_nobody(house: House) -> None:
    token = cookie(house)
    house.tokens = FakeSessionTokens()

    assert await authenticate(house)(token, TokenKind.BROWSER) is None


async def test_an_ended_session_leads_to_nobody(house: House) -> None:
    token = cookie(house)
    house.sessions.kept.clear()

    assert await authenticate(house)(token, TokenKind.BROWSER) is None


async def test_a_session_past_its_time_leads_to_nobody_even_by_a_token_that_is_not(house: House) -> None:
    house.has_user(member())
    house.has_session(stay())
    token = house.tokens.issue(browser_claims(stay(at=NOW + timedelta(days=10)), NOW))
    house.clock.pass_(seconds=IDLE_LIFE.total_seconds())

    assert await authenticate(house)(token, TokenKind.BROWSER) is None


async def test_a_disabled_member_is_nobody_at_once(house: House) -> None:
    token = cookie(house)
    house.has_user(member(disabled_at=NOW))

    assert await authenticate(house)(token, TokenKind.BROWSER) is None
