"""A flood at one site takes its turn, so that its neighbours need not wait behind all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.errors import TooMany

WAITING = 100
PAUSE = 5
REST = 3
"""The next one waits so many times as long as the one before took: a site's flood has a quarter of a worker's time."""


class Turnstiles:
    """One for each site in each worker: one at a time passes, WAITING stand before it and cost next to nothing, who
    comes then is sent away. What passes is rare on a day without floods."""

    def __init__(self) -> None:
        self._inside: dict[str, int] = {}
        self._free: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def turn(self, site: str) -> AsyncIterator[None]:
        """Raises TooMany when too many stand there already."""
        inside = self._inside.get(site, 0)
        if inside > WAITING:
            raise TooMany(retry_after=PAUSE)
        self._inside[site] = inside + 1
        free = self._free.setdefault(site, asyncio.Lock())
        loop, is_mine = asyncio.get_running_loop(), False
        began = loop.time()
        try:
            is_mine = await free.acquire()
            began = loop.time()
            yield
        finally:
            loop.call_later((loop.time() - began) * REST if is_mine else 0, self._leave, site, is_mine)

    def _leave(self, site: str, was_inside: bool) -> None:
        self._inside[site] -= 1
        if was_inside:
            self._free[site].release()
        if not self._inside[site]:
            del self._inside[site], self._free[site]
