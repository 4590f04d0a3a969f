from datetime import datetime

from core.users.credentials import LinkClaims, LinkPurpose, TokenClaims, TokenKind
from core.users.entities import InvitationId

_OLD, _NEW = "old:", "new:"


class FakePasswords:
    """*comparisons* counts, because each of them is what takes time."""

    def __init__(self) -> None:
        self.comparisons = 0

    async def hash(self, password: str) -> str:
        return _NEW + password

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.comparisons += 1
        return password_hash in (_OLD + password, _NEW + password)

    def is_outdated(self, password_hash: str) -> bool:
        return password_hash.startswith(_OLD)


class FakeSessionTokens:
    """Remembers what it issued: another site's object knows nothing of it."""

    def __init__(self) -> None:
        self.issued: dict[str, TokenClaims] = {}

    def issue(self, claims: TokenClaims) -> str:
        token = f"token-{len(self.issued)}-{id(self)}"
        self.issued[token] = claims
        return token

    def read(self, token: str, kind: TokenKind, *, now: datetime) -> TokenClaims | None:
        claims = self.issued.get(token)
        return claims if claims and claims.kind is kind and now < claims.expires_at else None


class FakeInvitationTokens:
    def __init__(self, site: str = "anna") -> None:
        self._prefix = f"{site}."

    def make(self, invitation_id: InvitationId) -> str:
        return self._prefix + invitation_id

    def read(self, token: str) -> InvitationId | None:
        return InvitationId(token.removeprefix(self._prefix)) if token.startswith(self._prefix) else None


class FakePreviewTokens:
    def __init__(self, site: str = "anna") -> None:
        self._prefix = f"{site}~"

    def make(self, link_id: str) -> str:
        return self._prefix + link_id

    def read(self, token: str) -> str | None:
        return token.removeprefix(self._prefix) if token.startswith(self._prefix) else None


class FakeLinkTokens:
    """Remembers what it made, and for which state."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[LinkClaims, str]] = {}

    def make(self, claims: LinkClaims, *, bound: str) -> str:
        token = f"link-{len(self.made)}-{id(self)}"
        self.made[token] = (claims, bound)
        return token

    def read(self, token: str, purpose: LinkPurpose, *, now: datetime) -> LinkClaims | None:
        claims, _ = self.made.get(token, (None, ""))
        return claims if claims and claims.purpose is purpose and now < claims.expires_at else None

    def proves(self, token: str, claims: LinkClaims, *, bound: str) -> bool:
        return self.made.get(token) == (claims, bound)
