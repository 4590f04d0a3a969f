from core.users.entities import InvitationId
from services.key_ring import KeyRing
from services.link_codes import read_id, signed_id

PURPOSE = "invitation links"


class HmacInvitationTokens:
    """The same invitation always has the same link, until the secret is renewed."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self, invitation_id: InvitationId) -> str:
        return signed_id(self._ring, PURPOSE, self._tenant_id, invitation_id)

    def read(self, token: str) -> InvitationId | None:
        found = read_id(self._ring, PURPOSE, self._tenant_id, token)
        return None if found is None else InvitationId(found)
