"""Secrets that must be read again lie encrypted."""

from typing import Protocol


class SecretBox(Protocol):
    def seal(self, secret: str) -> str:
        """*secret* encrypted and authenticated under the newest key, as text."""
        ...

    def open(self, sealed: str) -> str:
        """What was sealed, under any of the keys. Raises Unavailable when none of them fits."""
        ...
