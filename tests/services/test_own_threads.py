import asyncio
import threading

import pytest

from core.errors import Unavailable
from services.own_threads import OwnThreads


async def test_work_is_done_elsewhere() -> None:
    threads = OwnThreads("elsewhere", threads=1, waiting=0)

    assert (await threads.run(lambda: threading.current_thread().name)).startswith("elsewhere")
    threads.close()


async def test_what_goes_wrong_comes_back() -> None:
    threads = OwnThreads("wrong", threads=1, waiting=0)

    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 / 0)
    assert await threads.run(lambda: 7) == 7
    threads.close()


async def test_what_cannot_wait_is_refused_at_once() -> None:
    threads, door = OwnThreads("full", threads=1, waiting=1), threading.Event()
    first, second = (asyncio.create_task(threads.run(door.wait)) for _ in range(2))
    await asyncio.sleep(0)

    with pytest.raises(Unavailable):
        await threads.run(lambda: True)

    door.set()
    assert await first
    assert await second
    assert await threads.run(lambda: True)
    threads.close()


async def test_who_gives_up_leaves_her_place() -> None:
    threads, door = OwnThreads("left", threads=1, waiting=1), threading.Event()
    first = asyncio.create_task(threads.run(door.wait))
    second = asyncio.create_task(threads.run(door.wait))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)

    third = asyncio.create_task(threads.run(lambda: 3))
    await asyncio.sleep(0)
    door.set()

    assert await third == 3
    assert await first
    threads.close()


async def test_after_closing_nothing_begins() -> None:
    threads = OwnThreads("closed", threads=1, waiting=1)
    threads.close()

    for _ in range(5):
        with pytest.raises(Unavailable):
            await threads.run(lambda: True)
