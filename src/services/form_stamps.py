import re
from datetime import UTC, datetime

from services.key_ring import KeyRing
from services.macs import as_text, fits, from_text, mac

PURPOSE = "form stamps"
MAC_BYTES = 18
_STAMP = re.compile(r"([0-9]{9,11})\.([A-Za-z0-9_-]{24})")


class HmacFormStamps:
    """The moment to the second, and a code over it for one site."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self, at: datetime) -> str:
        moment = str(int(at.timestamp()))
        code = mac(self._ring.derive(PURPOSE)[0], self._tenant_id, moment)
        return f"{moment}.{as_text(code[:MAC_BYTES])}"

    def issued_at(self, stamp: str) -> datetime | None:
        found = _STAMP.fullmatch(stamp)
        if found is None:
            return None
        try:
            given = from_text(found[2])
        except ValueError:
            return None
        if not fits(self._ring, PURPOSE, given, self._tenant_id, found[1]):
            return None
        return datetime.fromtimestamp(int(found[1]), UTC)
