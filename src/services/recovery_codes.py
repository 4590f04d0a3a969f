"""Codes for a drawer: three groups of four, in an alphabet without letters that look like digits."""

import secrets

from services.key_ring import KeyRing
from services.macs import mac

PURPOSE = "recovery codes"
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKS_LIKE = str.maketrans({"o": "0", "i": "1", "l": "1", "-": "", " ": ""})
_GROUPS, _IN_GROUP = 3, 4
"""60 random bits: with ten tries in a quarter of an hour nobody guesses one."""


class KeyedRecoveryCodes:
    """What is kept is an HMAC with a key that is not in the database: who reads the table can try nothing out."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self) -> str:
        groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
        return "-".join(groups)

    def digests(self, code: str) -> tuple[str, ...]:
        spelt = code.lower().translate(_LOOKS_LIKE)
        if len(spelt) != _GROUPS * _IN_GROUP or not set(spelt) <= set(_LETTERS):
            return ()
        return tuple(mac(key, self._tenant_id, spelt).hex() for key in self._ring.derive(PURPOSE))
