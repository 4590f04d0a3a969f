from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyseto
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity import SessionId
from core.users.credentials import TokenClaims, TokenKind
from services.key_ring import KeyRing
from services.paseto_tokens import PURPOSE, PasetoSessionTokens
from tests.services.rings import NEW, OLD, ROTATED

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLAIMS = TokenClaims(
    kind=TokenKind.BROWSER, session_id=SessionId("5e55"), issued_at=NOW, expires_at=NOW + timedelta(days=30)
)
REFRESH = replace(CLAIMS, kind=TokenKind.REFRESH, generation=7)
tokens = PasetoSessionTokens(NEW, "anna")


@pytest.mark.parametrize("claims", [CLAIMS, REFRESH, replace(CLAIMS, kind=TokenKind.ACCESS)])
def test_a_token_says_what_it_was_made_to_say(claims: TokenClaims) -> None:
    assert tokens.read(tokens.issue(claims), claims.kind, now=NOW) == claims


def test_a_token_shows_nothing() -> None:
    token = tokens.issue(CLAIMS)

    assert token.startswith("v4.local.")
    assert "5e55" not in token


def test_a_token_ends() -> None:
    token = tokens.issue(CLAIMS)

    assert tokens.read(token, TokenKind.BROWSER, now=CLAIMS.expires_at - timedelta(seconds=1)) == CLAIMS
    assert tokens.read(token, TokenKind.BROWSER, now=CLAIMS.expires_at) is None


@pytest.mark.parametrize("made_for", TokenKind)
@pytest.mark.parametrize("shown_as", TokenKind)
def test_no_kind_passes_as_another(made_for: TokenKind, shown_as: TokenKind) -> None:
    token = tokens.issue(replace(CLAIMS, kind=made_for))

    assert (tokens.read(token, shown_as, now=NOW) is not None) is (made_for is shown_as)


@given(
    ours=st.text(max_size=40),
    theirs=st.text(max_size=40),
    kind=st.sampled_from(TokenKind),
    other=st.sampled_from(TokenKind),
)
def test_another_sites_token_is_worthless(ours: str, theirs: str, kind: TokenKind, other: TokenKind) -> None:
    token = PasetoSessionTokens(NEW, ours).issue(replace(CLAIMS, kind=kind))
    read = PasetoSessionTokens(NEW, theirs).read(token, other, now=NOW)

    assert (read is not None) is ((ours, kind) == (theirs, other))


def test_an_older_key_still_reads_and_the_newest_writes() -> None:
    rotated = PasetoSessionTokens(ROTATED, "anna")

    assert rotated.read(PasetoSessionTokens(OLD, "anna").issue(CLAIMS), TokenKind.BROWSER, now=NOW) == CLAIMS
    assert tokens.read(rotated.issue(CLAIMS), TokenKind.BROWSER, now=NOW) == CLAIMS
    assert tokens.read(PasetoSessionTokens(OLD, "anna").issue(CLAIMS), TokenKind.BROWSER, now=NOW) is None


def sealed(
    payload: bytes | str,
    ring: KeyRing = NEW,
    assertion: str = '["terrace", "anna", "browser"]',
    footer: str = "",
) -> str:
    """A token with any content, made with our own key."""
    key = pyseto.Key.new(version=4, purpose="local", key=ring.derive(PURPOSE)[0])
    return pyseto.encode(key, payload, implicit_assertion=assertion, footer=footer).decode()


WHOLE = '{"jti":"5e55","kind":"browser","iat":1777896000,"exp":1780488000}'


def test_the_forger_of_these_tests_can_make_a_good_one() -> None:
    assert tokens.read(sealed(WHOLE), TokenKind.BROWSER, now=NOW) == CLAIMS


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        "not json",
        b"\xff\xfe",
        '{"kind":"browser","iat":1777896000,"exp":1780488000}',
        '{"jti":"5e55","kind":"browser","iat":1777896000}',
        '{"jti":"5e55","kind":"browser","iat":1777896000,"exp":null}',
        '{"jti":"5e55","kind":"browser","iat":1777896000,"exp":"2099-01-01T00:00:00+00:00"}',
        '{"jti":"5e55","kind":"browser","iat":1777896000,"exp":-1}',
        '{"jti":"5e55","kind":"browser","iat":1777896000,"exp":99999999999999999999}',
        '{"jti":"5e55","kind":"browser","iat":1780488001,"exp":1780488000}',
        '{"jti":"5e55","kind":"browser","iat":1777896000,"exp":1780488000,"gen":"7"}',
        '{"jti":7,"kind":"browser","iat":1777896000,"exp":1780488000}',
        '{"jti":"5e55","kind":"access","iat":1777896000,"exp":1780488000}',
        "[" * 400,
    ],
)
def test_a_token_that_lacks_anything_is_none(payload: bytes | str) -> None:
    assert tokens.read(sealed(payload), TokenKind.BROWSER, now=NOW) is None


@pytest.mark.parametrize("assertion", ["", "anna", '["terrace", "anna", "access"]', '["terrace", "boris", "browser"]'])
def test_what_a_token_asserts_is_not_in_it(assertion: str) -> None:
    assert tokens.read(sealed(WHOLE, assertion=assertion), TokenKind.BROWSER, now=NOW) is None


def test_other_keys_footers_and_versions_are_none() -> None:
    good = tokens.issue(CLAIMS)
    public = pyseto.encode(pyseto.Key.new(version=4, purpose="local", key=b"x" * 32), WHOLE).decode()
    bad = [
        sealed(WHOLE, footer="kid"),
        sealed(WHOLE, ring=OLD),
        public,
        good.replace("v4.local", "v3.local"),
        good.replace("v4.local", "v4.public"),
        f"{good}.",
        f"{good}.e30",
        f" {good}",
        f"{good}\n",
        good[:-1],
        good[:60],
        f"v4.local.{'A' * 1_000_000}",
        "v4.local.",
        "",
        ".",
        "\x00",
        "v4.local.é" + "A" * 90,
        "v4.local.\ud800" + "A" * 90,
    ]

    assert [token[:60] for token in bad if tokens.read(token, TokenKind.BROWSER, now=NOW)] == []


@given(st.text() | st.text("vlocal.AB0_-=", max_size=200))
def test_no_text_is_too_odd(token: str) -> None:
    assert tokens.read(token, TokenKind.BROWSER, now=NOW) is None


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_changing_a_token_anywhere_ends_it(place: int, letter: str) -> None:
    token = tokens.issue(CLAIMS)
    place %= len(token) - 1  # the last letter of base64 has spellings that mean the same: hence revocation by jti
    changed = token[:place] + letter + token[place + 1 :]

    assert (tokens.read(changed, TokenKind.BROWSER, now=NOW) is not None) is (changed == token)
