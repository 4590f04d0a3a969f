from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.errors import TooMany, Unauthenticated
from core.identity import Role
from core.users.credentials import TokenKind
from core.users.entities import IDLE_LIFE, REUSE_GRACE, Session, SessionKind, User
from core.users.errors import SessionEnded
from core.users.limits import REFRESH_PER_CLIENT
from core.users.token_pairs import TokenPair, token_pair
from core.users.use_cases.refresh_session import RefreshSession
from tests.core.fakes.credentials import FakeSessionTokens
from tests.core.house import CLIENT, House
from tests.core.makers import NOW, member, stay


def refresh(house: House) -> RefreshSession:
    return house.make(RefreshSession)


def signed_in(house: House, user: User | None = None) -> TokenPair:
    house.has_user(user or member())
    session: Session = house.has_session(stay(kind=SessionKind.API))
    return token_pair(house.tokens, session, NOW)


async def test_program_trades_its_refresh_token_for_a_new_pair(house: House) -> None:
    first = signed_in(house)
    house.clock.pass_(hours=1)

    second = await refresh(house)(first.refresh_token, client=CLIENT)

    now = house.clock.now()
    assert house.kept(house.sessions) == {second.session.id: second.session}
    assert (second.session.generation, second.session.seen_at) == (1, now)
    claims = house.tokens.read(second.refresh_token, TokenKind.REFRESH, now=now)
    assert claims is not None
    assert claims.generation == 1


async def test_a_lost_answer_can_be_had_again_for_a_short_time(house: House) -> None:
    first = signed_in(house)
    await refresh(house)(first.refresh_token, client=CLIENT)
    house.clock.pass_(seconds=REUSE_GRACE.total_seconds())

    again = await refresh(house)(first.refresh_token, client=CLIENT)

    assert again.session.generation == 1
    assert (await refresh(house)(again.refresh_token, client=CLIENT)).session.generation == 2


async def test_a_token_used_up_before_ends_the_session(house: House) -> None:
    first = signed_in(house)
    second = await refresh(house)(first.refresh_token, client=CLIENT)
    house.clock.pass_(seconds=REUSE_GRACE.total_seconds() + 1)

    with pytest.raises(SessionEnded):
        await refresh(house)(first.refresh_token, client=CLIENT)

    assert house.kept(house.sessions) == {}
    with house.refuses(SessionEnded):
        await refresh(house)(second.refresh_token, client=CLIENT)


async def test_the_session_of_somebody_disabled_ends(house: House) -> None:
    first = signed_in(house, member(disabled_at=NOW))

    with pytest.raises(SessionEnded):
        await refresh(house)(first.refresh_token, client=CLIENT)

    assert house.kept(house.sessions) == {}


async def test_the_session_of_somebody_gone_ends(house: House) -> None:
    first = signed_in(house)
    house.users.kept.clear()
    house.transaction.settle()

    with pytest.raises(SessionEnded):
        await refresh(house)(first.refresh_token, client=CLIENT)

    assert house.kept(house.sessions) == {}


async def test_a_forged_token_is_refused(house: House) -> None:
    signed_in(house)

    with house.refuses(SessionEnded):
        await refresh(house)("forged", client=CLIENT)


async def test_an_access_token_does_not_refresh(house: House) -> None:
    first = signed_in(house)

    with house.refuses(SessionEnded):
        await refresh(house)(first.access_token, client=CLIENT)


async def test_the_token_of_another_site_is_refused(house: House) -> None:
    first = signed_in(house)
    house.tokens = FakeSessionTokens()

    with house.refuses(SessionEnded):
        await refresh(house)(first.refresh_token, client=CLIENT)


async def test_a_session_that_was_ended_is_not_refreshed(house: House) -> None:
    first = signed_in(house)
    house.sessions.kept.clear()
    house.transaction.settle()

    with house.refuses(SessionEnded):
        await refresh(house)(first.refresh_token, client=CLIENT)


async def test_a_session_past_its_time_is_not_refreshed_even_by_a_token_that_is_not(house: House) -> None:
    session = house.has_session(stay(kind=SessionKind.API))
    longer = replace(session, seen_at=NOW + timedelta(days=10))
    token = token_pair(house.tokens, longer, NOW).refresh_token
    house.clock.pass_(seconds=IDLE_LIFE.total_seconds())

    with house.refuses(SessionEnded):
        await refresh(house)(token, client=CLIENT)


async def test_trying_tokens_ends(house: House) -> None:
    first = signed_in(house)
    for _ in range(REFRESH_PER_CLIENT.times):
        await house.limiter.hit(REFRESH_PER_CLIENT, CLIENT.key)

    with house.refuses(TooMany):
        await refresh(house)(first.refresh_token, client=CLIENT)


async def test_a_refused_visitor_refreshes_nothing_where_the_site_says_so(house: House) -> None:
    first = signed_in(house)
    house.admits(Role.VISITOR)
    house.forbids(Action.REFRESH_SESSION)

    with house.refuses(Unauthenticated):
        await refresh(house)(first.refresh_token, client=CLIENT)

    assert house.limiter.hits == {}
