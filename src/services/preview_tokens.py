from services.key_ring import KeyRing
from services.macs import as_text, fits, from_text, mac

PURPOSE = "preview links"
MAC_BYTES = 24
_LONGEST = 200


class HmacPreviewTokens:
    """``<link id>.<code>``: the same link always has the same token, until the secret is renewed."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self, link_id: str) -> str:
        code = mac(self._ring.derive(PURPOSE)[0], self._tenant_id, link_id)
        return f"{link_id}.{as_text(code[:MAC_BYTES])}"

    def read(self, token: str) -> str | None:
        if len(token) > _LONGEST:
            return None
        link_id, _, code = token.rpartition(".")
        try:
            given = from_text(code)
        except ValueError:
            return None
        if len(given) != MAC_BYTES or not fits(self._ring, PURPOSE, given, self._tenant_id, link_id):
            return None
        return link_id
