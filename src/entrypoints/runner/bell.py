from __future__ import annotations

import asyncio
from contextlib import suppress

RINGS_FOR = frozenset({None, "wakeup", "directory"})
"""Something is due, a site is served again or can be, or whatever was missed while nobody listened."""


class Bell:
    """Wakes the runner of this process."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    async def follow(self, payload: str | None) -> None:
        if payload in RINGS_FOR:
            self.ring()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or has rung since the last time; *seconds* at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()
