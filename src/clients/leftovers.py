"""Objects of which nobody knows whether they were stored: a store that fell silent may have them all the same."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from core.errors import Unavailable
from core.media.entities import MediaKey
from core.tenancy.entities import BucketKey

MOST = 1_000
PAUSES = (5.0, 15.0, 60.0)

Delete = Callable[[str, BucketKey, MediaKey], Awaitable[None]]


class Leftovers:
    """Deletes them as soon as the store answers again, for as long as this process lives.

    Until then nothing leads to them: their names are unguessable and listed nowhere.
    """

    def __init__(self, delete: Delete, pauses: tuple[float, ...] = PAUSES) -> None:
        self._delete = delete
        self._pauses = pauses
        self._kept: dict[tuple[str, MediaKey], BucketKey] = {}
        self._sweeper: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, bucket: str, key: BucketKey, name: MediaKey) -> None:
        if len(self._kept) < MOST:
            self._kept[bucket, name] = key
        if self._sweeper is None or self._sweeper.done():
            self._sweeper = asyncio.create_task(self._sweep())

    def discard(self, bucket: str, name: MediaKey) -> None:
        """It is wanted after all."""
        self._kept.pop((bucket, name), None)

    async def close(self) -> None:
        if self._sweeper is not None:
            self._sweeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._sweeper

    async def _sweep(self) -> None:
        tries = 0
        while self._kept:
            await asyncio.sleep(self._pauses[min(tries, len(self._pauses) - 1)])
            tries += 1
            with suppress(Unavailable):
                await self._delete_all()

    async def _delete_all(self) -> None:
        for (bucket, name), key in list(self._kept.items()):
            await self._delete(bucket, key, name)
            self.discard(bucket, name)
