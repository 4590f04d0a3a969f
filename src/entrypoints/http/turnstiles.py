"""A flood at one site takes its turn, so that its neighbours need not wait behind all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import TooMany

AT_ONCE = 1
"""Of the two connections that a worker holds in reserve for counting tries, one is left to all other sites."""
WAITING = 8
PAUSE = 5


class Turnstiles:
    """One for each site in each worker: AT_ONCE pass, WAITING stand before it, who comes then is sent away. What passes
    is rare on a day without floods."""

    def __init__(self) -> None:
        self._inside: dict[str, int] = {}
        self._free: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def turn(self, site: str) -> AsyncIterator[None]:
        """Raises TooMany when too many stand there already."""
        inside = self._inside.get(site, 0)
        if inside >= AT_ONCE + WAITING:
            raise TooMany(retry_after=PAUSE)
        self._inside[site] = inside + 1
        free = self._free.setdefault(site, asyncio.Semaphore(AT_ONCE))
        try:
            async with free:
                yield
        finally:
            self._inside[site] -= 1
            if not self._inside[site]:
                del self._inside[site], self._free[site]
