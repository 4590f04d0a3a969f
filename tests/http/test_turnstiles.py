import asyncio

import pytest

from core.errors import TooMany
from entrypoints.http.turnstiles import AT_ONCE, WAITING, Turnstiles


async def test_a_flood_passes_a_few_at_a_time_and_neighbours_do_not_wait() -> None:
    turnstiles, leave = Turnstiles(), asyncio.Event()
    inside: list[int] = []

    async def come(number: int) -> None:
        async with turnstiles.turn("anna"):
            inside.append(number)
            await leave.wait()

    flood = [asyncio.create_task(come(number)) for number in range(AT_ONCE + WAITING)]
    for _ in range(3):
        await asyncio.sleep(0)

    assert inside == list(range(AT_ONCE))
    with pytest.raises(TooMany):
        await come(99)
    async with turnstiles.turn("boris"):
        pass
    leave.set()
    await asyncio.gather(*flood)
    assert inside == list(range(AT_ONCE + WAITING))


async def test_who_fails_inside_leaves_room_for_the_next() -> None:
    turnstiles = Turnstiles()
    for _ in range(AT_ONCE + WAITING + 1):
        with pytest.raises(KeyError):
            async with turnstiles.turn("anna"):
                raise KeyError
