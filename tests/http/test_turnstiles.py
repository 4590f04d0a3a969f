import asyncio

import pytest

from core.errors import TooMany
from entrypoints.http.turnstiles import WAITING, Turnstiles


async def test_a_flood_passes_one_at_a_time_and_neighbours_do_not_wait() -> None:
    turnstiles, leave = Turnstiles(), asyncio.Event()
    inside: list[int] = []

    async def come(number: int) -> None:
        async with turnstiles.turn("anna"):
            inside.append(number)
            await leave.wait()

    flood = [asyncio.create_task(come(number)) for number in range(WAITING + 1)]
    for _ in range(3):
        await asyncio.sleep(0)

    assert inside == [0]
    with pytest.raises(TooMany):
        await come(999)
    async with turnstiles.turn("boris"):
        pass
    leave.set()
    await asyncio.gather(*flood)
    assert inside == list(range(WAITING + 1))


async def test_who_fails_inside_or_goes_while_waiting_leaves_room_for_the_next() -> None:
    turnstiles = Turnstiles()
    for _ in range(WAITING + 2):
        with pytest.raises(KeyError):
            async with turnstiles.turn("anna"):
                raise KeyError

    async with turnstiles.turn("boris"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0), turnstiles.turn("boris"):
                pass
    async with turnstiles.turn("boris"):
        pass
