"""From a few secrets to as many keys as there are uses, so that no key serves two purposes."""

from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_PURPOSES = 64
_SALT = b"terrace"


class KeyRing:
    """The installation's secrets, newest first: the first one makes, all of them still verify."""

    def __init__(self, secrets: tuple[bytes, ...]) -> None:
        if not secrets:
            raise ValueError("A key ring needs at least one secret.")
        if any(len(secret) < KEY_BYTES for secret in secrets):
            raise ValueError(f"Each secret needs at least {KEY_BYTES} bytes.")
        self._secrets = secrets
        self._kept = lru_cache(maxsize=_PURPOSES)(self._derived)

    def derive(self, info: str) -> tuple[bytes, ...]:
        """One key of 32 bytes for each secret, in their order; *info* names the purpose (RFC 5869)."""
        return self._kept(info)

    def _derived(self, info: str) -> tuple[bytes, ...]:
        return tuple(
            HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=_SALT, info=info.encode()).derive(secret)
            for secret in self._secrets
        )
