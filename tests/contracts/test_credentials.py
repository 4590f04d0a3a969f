"""The contracts of Passwords, SessionTokens, InvitationTokens: the fakes keep what the real ones keep."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from core.identity import SessionId
from core.users.credentials import InvitationTokens, Passwords, SessionTokens, TokenClaims, TokenKind
from core.users.entities import InvitationId
from services.argon2_passwords import Argon2Passwords
from services.invitation_tokens import HmacInvitationTokens
from services.key_ring import KeyRing
from services.paseto_tokens import PasetoSessionTokens
from tests.core.fakes.credentials import FakeInvitationTokens, FakePasswords, FakeSessionTokens

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLAIMS = TokenClaims(
    kind=TokenKind.REFRESH,
    session_id=SessionId("5e55"),
    issued_at=NOW,
    expires_at=NOW + timedelta(days=30),
    generation=3,
)
RING = KeyRing((b"r" * 32,))


@dataclass(frozen=True, kw_only=True)
class Site:
    sessions: SessionTokens
    invitations: InvitationTokens


def fake(slug: str) -> Site:
    return Site(sessions=FakeSessionTokens(), invitations=FakeInvitationTokens(slug))


def real(slug: str) -> Site:
    return Site(sessions=PasetoSessionTokens(RING, slug), invitations=HmacInvitationTokens(RING, slug))


@pytest.fixture(params=[fake, real], ids=["fake", "real"])
def site(request: pytest.FixtureRequest) -> Callable[[str], Site]:
    made: Callable[[str], Site] = request.param
    return made


@pytest.fixture(params=["fake", "argon2"])
def passwords(request: pytest.FixtureRequest) -> Iterator[Passwords]:
    if request.param == "fake":
        yield FakePasswords()
        return
    made = Argon2Passwords()
    yield made
    made.close()


def test_a_token_is_read_until_it_ends(site: Callable[[str], Site]) -> None:
    tokens = site("anna").sessions
    token = tokens.issue(CLAIMS)

    assert tokens.read(token, TokenKind.REFRESH, now=NOW) == CLAIMS
    assert tokens.read(token, TokenKind.REFRESH, now=CLAIMS.expires_at) is None


def test_a_token_is_of_one_kind(site: Callable[[str], Site]) -> None:
    tokens = site("anna").sessions

    assert tokens.read(tokens.issue(CLAIMS), TokenKind.ACCESS, now=NOW) is None
    assert tokens.read(tokens.issue(replace(CLAIMS, kind=TokenKind.ACCESS)), TokenKind.REFRESH, now=NOW) is None


def test_a_token_is_for_one_site(site: Callable[[str], Site]) -> None:
    assert site("boris").sessions.read(site("anna").sessions.issue(CLAIMS), TokenKind.REFRESH, now=NOW) is None


@pytest.mark.parametrize("token", ["", "x", "v4.local.AAAA", "\x00", "é"])
def test_anything_else_is_no_token(site: Callable[[str], Site], token: str) -> None:
    assert site("anna").sessions.read(token, TokenKind.REFRESH, now=NOW) is None
    assert site("anna").invitations.read(token) is None


def test_an_invitation_has_one_link_at_one_site(site: Callable[[str], Site]) -> None:
    invitation = InvitationId("1nv1te")
    link = site("anna").invitations.make(invitation)

    assert link == site("anna").invitations.make(invitation)
    assert site("anna").invitations.read(link) == invitation
    assert site("boris").invitations.read(link) is None


async def test_a_password_fits_its_hash_and_nothing_else(passwords: Passwords) -> None:
    hashed = await passwords.hash("correct horse")

    assert await passwords.verify("correct horse", hashed)
    assert not await passwords.verify("correct hors", hashed)
    assert not await passwords.verify("correct horse", None)
    assert not passwords.is_outdated(hashed)
