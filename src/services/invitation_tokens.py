from core.users.entities import InvitationId
from services.key_ring import KeyRing
from services.macs import as_text, fits, from_text, mac

PURPOSE = "invitation links"
MAC_BYTES = 24
_LONGEST = 200


class HmacInvitationTokens:
    """``<invitation id>.<code>``: the same invitation always has the same link, until the secret is renewed."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self, invitation_id: InvitationId) -> str:
        code = mac(self._ring.derive(PURPOSE)[0], self._tenant_id, invitation_id)
        return f"{invitation_id}.{as_text(code[:MAC_BYTES])}"

    def read(self, token: str) -> InvitationId | None:
        if len(token) > _LONGEST:
            return None
        invitation_id, _, code = token.rpartition(".")
        try:
            given = from_text(code)
        except ValueError:
            return None
        if len(given) != MAC_BYTES or not fits(self._ring, PURPOSE, given, self._tenant_id, invitation_id):
            return None
        return InvitationId(invitation_id)
