"""Links that lead to a thing of one site: its id and a code that only we can make."""

from services.key_ring import KeyRing
from services.macs import as_text, fits, from_text, mac

MAC_BYTES = 24
_LONGEST = 200


def signed_id(ring: KeyRing, purpose: str, tenant_id: str, thing_id: str) -> str:
    """``<id>.<code>``: always the same for one thing, until the secret is renewed."""
    code = mac(ring.derive(purpose)[0], tenant_id, thing_id)
    return f"{thing_id}.{as_text(code[:MAC_BYTES])}"


def read_id(ring: KeyRing, purpose: str, tenant_id: str, token: str) -> str | None:
    """The id in a token of ours for this *purpose* and site, or None."""
    if len(token) > _LONGEST:
        return None
    thing_id, _, code = token.rpartition(".")
    try:
        given = from_text(code)
    except ValueError:
        return None
    if len(given) != MAC_BYTES or not fits(ring, purpose, given, tenant_id, thing_id):
        return None
    return thing_id
