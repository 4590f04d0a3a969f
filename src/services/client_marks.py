from datetime import UTC, datetime

from services.key_ring import KeyRing
from services.macs import mac

PURPOSE = "marks of clients"
_BYTES = 12


class HmacClientMarks:
    """What stands for a client at one site in one month: under another month's key the same client is another."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def mark(self, client: str, at: datetime) -> str:
        month = at.astimezone(UTC).strftime("%Y-%m")
        key = mac(self._ring.derive(PURPOSE)[0], self._tenant_id, month)
        return mac(key, client)[:_BYTES].hex()
