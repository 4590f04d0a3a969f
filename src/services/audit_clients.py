from datetime import datetime

from services.key_ring import KeyRing
from services.macs import mac

PURPOSE = "clients in the audit log"
_BYTES = 8


class AuditClients:
    """Stands in for clients in the log of a site: equal within a month, so that one can see that it was the same, and
    never after it; another site has another word for the same client."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def key(self, client: str, *, site: str, at: datetime) -> str:
        of_the_month = mac(self._ring.derive(PURPOSE)[0], site, f"{at:%Y-%m}")
        return mac(of_the_month, client)[:_BYTES].hex()
