"""The ear for what other processes commit."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

import psycopg
from psycopg.conninfo import make_conninfo

from core.errors import Unavailable
from db.engine import KEEPALIVE, PATIENCE

CHANNEL = "terrace_changes"
DIRECTORY = "directory"
PROFILE = "profile"
BUCKET_KEY = "bucket_key"
BELT = 30.0
LONGEST_PAUSE = 0.5
LONGEST_REST = 0.3

Listener = Callable[[str | None], Awaitable[None]]
"""Hears the payload of a change, or None: anything may have changed."""

_log = logging.getLogger(__name__)


class ChangeListener:
    """One connection of its own that hears every committed change (LISTEN needs a direct one, no pgbouncer).

    Whenever it was deaf, and every *belt* seconds, the listeners are told that anything may have changed.
    """

    def __init__(self, url: str, *, on_change: Sequence[Listener], belt: float = BELT) -> None:
        self._url = url
        self._listeners = on_change
        self._belt = belt
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns at once; until the first connection stands the listeners have what they loaded themselves."""
        self._task = asyncio.create_task(self._listen_for_ever(), name="changes")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _listen_for_ever(self) -> None:
        pause = 0.05
        while True:
            try:
                async with await self._connect() as connection:
                    pause = 0.05
                    await self._listen(connection)
            except (psycopg.Error, OSError, Unavailable) as error:
                _log.warning("not hearing changes, trying again: %s", error)
            except Exception:  # noqa: BLE001 - a worker that went deaf for good would serve what is long gone
                _log.exception("a change could not be followed")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> psycopg.AsyncConnection:
        address = make_conninfo(self._url, connect_timeout=PATIENCE, application_name="terrace-changes", **KEEPALIVE)
        return await psycopg.AsyncConnection.connect(address, autocommit=True)

    async def _listen(self, connection: psycopg.AsyncConnection) -> None:
        """First listen, then flush: a change in between is heard twice rather than never."""
        await connection.execute(f"LISTEN {CHANNEL}")
        await self._tell(None)
        while True:
            # What came while the listeners were busy or resting is one batch, however many commits it was: a migration
            # of a thousand sites takes a fifth of this worker's time at most.
            heard = {note.payload async for note in connection.notifies(timeout=self._belt, stop_after=1)}
            began = time.monotonic()
            for payload in sorted(heard):
                await self._tell(payload)
            if not heard:
                await self._tell(None)
            await asyncio.sleep(min(LONGEST_REST, 4 * (time.monotonic() - began)))

    async def _tell(self, payload: str | None) -> None:
        for listener in self._listeners:
            await listener(payload)
