from services.key_ring import KeyRing
from services.link_codes import read_id, signed_id

PURPOSE = "preview links"


class HmacPreviewTokens:
    """A link of this kind opens nothing else, and no other kind opens a preview."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self, link_id: str) -> str:
        return signed_id(self._ring, PURPOSE, self._tenant_id, link_id)

    def read(self, token: str) -> str | None:
        return read_id(self._ring, PURPOSE, self._tenant_id, token)
