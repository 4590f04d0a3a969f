import unicodedata
from functools import cached_property

from passlib.context import CryptContext

from services.own_threads import OwnThreads

MEMORY_KIB = 19 * 1024
TIME_COST = 2
PARALLELISM = 1
_LONGEST = 1_024


class Argon2Passwords:
    """Argon2id as OWASP asks for it (19 MiB, t=2, p=1), in two threads: hashing releases the interpreter's lock."""

    def __init__(self) -> None:
        self._context = CryptContext(
            schemes=["argon2"],
            argon2__type="ID",
            argon2__memory_cost=MEMORY_KIB,
            argon2__time_cost=TIME_COST,
            argon2__parallelism=PARALLELISM,
        )
        self._threads = OwnThreads("passwords", threads=2, waiting=32)

    async def hash(self, password: str) -> str:
        """Raises ValueError when the password is longer than any rule of ours allows, Unavailable when many wait."""
        if len(password) > _LONGEST:
            raise ValueError("too long for a password")
        raw = _prepared(password)
        return await self._threads.run(lambda: str(self._context.hash(raw)))

    async def verify(self, password: str, password_hash: str | None) -> bool:
        raw = _prepared(password[:_LONGEST])
        is_same = await self._threads.run(lambda: self._compare(raw, password_hash))
        return is_same and len(password) <= _LONGEST

    def is_outdated(self, password_hash: str) -> bool:
        return not self._is_readable(password_hash) or bool(self._context.needs_update(password_hash))

    def close(self) -> None:
        self._threads.close()

    @cached_property
    def _nobody(self) -> str:
        """Stands in for the hash of a user who is not there, so that asking for her takes as long."""
        return str(self._context.hash("nobody has this password"))

    def _compare(self, raw: bytes, password_hash: str | None) -> bool:
        nobody = self._nobody  # before anything is known, so that the first question takes as long for each answer
        known = password_hash if password_hash is not None and self._is_readable(password_hash) else None
        is_same = bool(self._context.verify(raw, known or nobody))
        return known is not None and is_same

    def _is_readable(self, password_hash: str) -> bool:
        try:
            self._context.needs_update(password_hash)
        except ValueError:
            return False
        return True


def _prepared(password: str) -> bytes:
    """One spelling for what looks the same on different keyboards (NIST SP 800-63B: NFKC)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
