"""How an API token is spelt: prefix, 178 random bits in base62, and their CRC-32 in six more digits.

The form is the one that GitHub gave its tokens in 2021 ("Behind GitHub's new authentication token formats"): scanners
for leaked secrets know it by the prefix and need not ask us whether it is one, and a misspelt one costs no query.
"""

import re
import secrets
import zlib

from core.users.api_tokens import TOKEN_PREFIX
from services.key_ring import KeyRing
from services.macs import mac

PURPOSE = "api tokens"
RANDOM_DIGITS, CHECK_DIGITS = 30, 6
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(rf"{TOKEN_PREFIX}([0-9A-Za-z]{{{RANDOM_DIGITS}}})([0-9A-Za-z]{{{CHECK_DIGITS}}})", re.ASCII)


class KeyedApiTokenCodes:
    """What is kept is an HMAC with a key that is not in the database: who reads the table can try nothing out."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._ring = ring
        self._tenant_id = tenant_id

    def make(self) -> str:
        random = "".join(secrets.choice(_DIGITS) for _ in range(RANDOM_DIGITS))
        return f"{TOKEN_PREFIX}{random}{checksum(random)}"

    def digests(self, token: str) -> tuple[str, ...]:
        spelt = _TOKEN.fullmatch(token)
        if spelt is None or checksum(spelt[1]) != spelt[2]:
            return ()
        return tuple(mac(key, self._tenant_id, token).hex() for key in self._ring.derive(PURPOSE))


def checksum(random: str) -> str:
    """CRC-32 of *random* in base62, padded with zeros."""
    rest, digits = zlib.crc32(random.encode("ascii")), ""
    for _ in range(CHECK_DIGITS):
        rest, digit = divmod(rest, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
