"""Work that would hold up the event loop, in threads of its own and never more of it than can be done soon."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

from core.errors import Unavailable

T = TypeVar("T")
_RETRY_AFTER = 2


class OwnThreads:
    """*threads* run at once, *waiting* more may queue; what comes then is refused at once."""

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._places = BoundedSemaphore(threads + waiting)

    async def run(self, work: Callable[[], T]) -> T:
        """What *work* returns or raises. Raises Unavailable when too much waits already."""
        if not self._places.acquire(blocking=False):
            raise Unavailable(retry_after=_RETRY_AFTER)
        try:
            future = self._executor.submit(work)
        except RuntimeError:  # closed: the process is about to end
            self._places.release()
            raise Unavailable(retry_after=_RETRY_AFTER) from None
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let what runs end, forget what waits."""
        self._executor.shutdown(wait=False, cancel_futures=True)
