from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

PULSE = 5.0
PATIENCE = 10.0


async def watched(
    work: Coroutine[Any, Any, None], *, keep: Callable[[], Awaitable[None]], seconds: float, pulse: float = PULSE
) -> None:
    """Run *work*, and every *pulse* seconds *keep*. When that raises, or after *seconds*, the work is cancelled.

    Raises what *work* or *keep* raised, or TimeoutError.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    working = asyncio.create_task(work)
    try:
        while not working.done():
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"took longer than {seconds:g} s")
            done, _ = await asyncio.wait({working}, timeout=min(pulse, left))
            if not done:
                await keep()
    finally:
        if not working.done():
            working.cancel()
            # A query of a silent database cannot even be cancelled: nobody waits for it longer.
            await asyncio.wait({working}, timeout=PATIENCE)
    await working
