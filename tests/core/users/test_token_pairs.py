"""Access and refresh tokens of an API session."""

from dataclasses import replace
from datetime import timedelta

from core.users.credentials import TokenKind
from core.users.entities import ABSOLUTE_LIFE, SessionKind
from core.users.token_pairs import ACCESS_LIFE, token_pair
from tests.core.house import House
from tests.core.makers import NOW, stay

SESSION = replace(stay(kind=SessionKind.API), generation=3)


def test_a_pair_says_which_session_it_stands_for(house: House) -> None:
    pair = token_pair(house.tokens, SESSION, NOW)

    access = house.tokens.read(pair.access_token, TokenKind.ACCESS, now=NOW)
    refresh = house.tokens.read(pair.refresh_token, TokenKind.REFRESH, now=NOW)
    assert access is not None
    assert refresh is not None
    assert (access.session_id, access.expires_at) == (SESSION.id, NOW + ACCESS_LIFE)
    assert (refresh.session_id, refresh.generation, refresh.expires_at) == (SESSION.id, 3, SESSION.ends_at)
    assert (pair.access_expires_at, pair.refresh_expires_at) == (access.expires_at, refresh.expires_at)


def test_no_access_token_outlives_its_session(house: House) -> None:
    late = SESSION.created_at + ABSOLUTE_LIFE - timedelta(minutes=1)

    pair = token_pair(house.tokens, replace(SESSION, seen_at=late), late)

    assert pair.access_expires_at == pair.refresh_expires_at == SESSION.created_at + ABSOLUTE_LIFE
