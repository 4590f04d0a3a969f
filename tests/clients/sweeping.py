import asyncio

import pytest

from clients.leftovers import Leftovers


async def emptied(leftovers: Leftovers) -> None:
    for _ in range(4_000):
        if not len(leftovers):
            return
        await asyncio.sleep(0.005)
    pytest.fail("they are still there")
