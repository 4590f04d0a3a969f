import json
from datetime import UTC, datetime

from core.identity import UserId
from core.users.credentials import LinkClaims, LinkPurpose
from services.key_ring import KeyRing
from services.macs import as_text, fits, from_text, mac

MAC_BYTES = 24
_LONGEST = 600


class HmacLinkTokens:
    """``<claims>.<code>``: the code covers the claims, the site, and the state that the link was made for."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self, claims: LinkClaims, *, bound: str) -> str:
        said = as_text(json.dumps([claims.user_id, int(claims.expires_at.timestamp()), claims.email]).encode())
        code = mac(self._ring.derive(claims.purpose)[0], self._tenant_id, said, bound)
        return f"{said}.{as_text(code[:MAC_BYTES])}"

    def read(self, token: str, purpose: LinkPurpose, *, now: datetime) -> LinkClaims | None:
        if len(token) > _LONGEST:
            return None
        try:
            user_id, seconds, email = json.loads(from_text(token.partition(".")[0]))
            expires_at = datetime.fromtimestamp(seconds, UTC)
        except (ValueError, TypeError, OverflowError, OSError, RecursionError):
            return None
        if not (isinstance(user_id, str) and isinstance(email, str) and now < expires_at):
            return None
        return LinkClaims(purpose=purpose, user_id=UserId(user_id), expires_at=expires_at, email=email)

    def proves(self, token: str, claims: LinkClaims, *, bound: str) -> bool:
        said, _, code = token.partition(".")
        try:
            given = from_text(code)
        except ValueError:
            return False
        return len(given) == MAC_BYTES and fits(self._ring, claims.purpose, given, self._tenant_id, said, bound)
