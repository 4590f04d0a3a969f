"""One object store for all sites: one HTTP session, a bounded number of turns, and patience that ends in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from clients import s3
from clients.breaker import Breaker
from clients.leftovers import Leftovers
from clients.minio_files import MinioFiles
from core.errors import Unavailable
from core.tenancy.entities import BucketKey

CONNECTIONS = 96
TURNS = 64
WAITING = 256
REQUEST_SECONDS = 3.8
_REACHABLE_SECONDS = 0.9
_THEIR_FAULT = 500

log = structlog.stdlib.get_logger("terrace.store")


class ObjectStore:
    """Begins nothing before it is first asked. Close it at the end of the process."""

    def __init__(self, endpoint: str, region: str) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._region = region
        self._kept_session: ClientSession | None = None
        self._turns = asyncio.Semaphore(TURNS)
        self._waiting = 0
        self._breaker = Breaker()
        self.leftovers = Leftovers(lambda bucket, key, name: self.files(bucket, key).delete(name))

    def files(self, bucket: str, key: BucketKey) -> MinioFiles:
        """The files of *bucket* and no other."""
        return MinioFiles(self, bucket, key, lambda: s3.client(self._endpoint, self._region, key, self._session()))

    async def is_reachable(self) -> bool:
        """Whether anything sane answers, within a second. Any answer will do: we show no key."""
        try:
            timeout = ClientTimeout(total=_REACHABLE_SECONDS)
            async with self._session().get(self._endpoint, timeout=timeout, allow_redirects=False) as answer:
                return answer.status < _THEIR_FAULT
        except (ClientError, TimeoutError, OSError):
            return False

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A turn to ask the store, of limited length. Raises Unavailable for all that goes wrong on the way, and at
        once when too many wait or the store was silent a moment ago."""
        if self._breaker.is_open or self._waiting >= WAITING:
            raise Unavailable
        deadline = asyncio.get_running_loop().time() + REQUEST_SECONDS
        try:
            async with self._place(deadline), self._learning(), asyncio.timeout_at(deadline):
                yield
        except s3.TROUBLES as trouble:
            raise Unavailable from trouble

    def note(self, trouble: BaseException) -> None:
        """Remember what *trouble*, whatever it is, says of the store."""
        if isinstance(trouble, asyncio.CancelledError | GeneratorExit):
            self._breaker.left()
        elif isinstance(trouble, s3.TROUBLES) and s3.is_silence(trouble):
            log.warning("store_silent", error=repr(trouble))
            self._breaker.failed()
        else:
            self._breaker.succeeded()
            if isinstance(trouble, s3.TROUBLES):
                log.error("store_refused", error=str(trouble))

    async def close(self) -> None:
        await self.leftovers.close()
        if self._kept_session is not None:
            await self._kept_session.close()
            self._kept_session = None

    @asynccontextmanager
    async def _learning(self) -> AsyncIterator[None]:
        self._breaker.admit()
        try:
            yield
        except BaseException as trouble:
            self.note(trouble)
            raise
        self._breaker.succeeded()

    @asynccontextmanager
    async def _place(self, deadline: float) -> AsyncIterator[None]:
        self._waiting += 1
        try:
            async with asyncio.timeout_at(deadline):
                await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    def _session(self) -> ClientSession:
        if self._kept_session is None:
            self._kept_session = s3.open_session(connections=CONNECTIONS)
        return self._kept_session
