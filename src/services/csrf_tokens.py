import secrets

from services.key_ring import KeyRing
from services.macs import as_text, fits, from_text, mac

PURPOSE = "csrf tokens"
NONCE_BYTES = 12
MAC_BYTES = 24
_LENGTH = (NONCE_BYTES + MAC_BYTES) * 4 // 3


class CsrfTokens:
    """Proofs that a form came from our own page.

    Bound to the site and to a *subject* (the session, or the cookie of an anonymous form). Each spelling differs, so
    that compressed answers do not give it away (BREACH).
    """

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def make(self, tenant_id: str, subject: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        code = mac(self._ring.derive(PURPOSE)[0], nonce, tenant_id, subject)
        return as_text(nonce + code[:MAC_BYTES])

    def is_valid(self, token: str, tenant_id: str, subject: str) -> bool:
        if len(token) != _LENGTH or not subject:
            return False
        try:
            raw = from_text(token)
        except ValueError:
            return False
        nonce, given = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return fits(self._ring, PURPOSE, given, nonce, tenant_id, subject)
