"""A coroutine as the whole of a process: signals end it in order, a second one at once."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from dev.trouble import in_one_line

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def _until_signalled(work: Coroutine[Any, Any, None]) -> int:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if task.cancelling():
            os._exit(1)  # the sentinel ends what is left
        task.cancel()

    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        return 0
    return 0


def run(work: Coroutine[Any, Any, None]) -> int:
    """Exit code: 0 when asked to stop, 1 after Trouble, told in one line."""
    sys.stdout.flush()
    return in_one_line(lambda: asyncio.run(_until_signalled(work)))
