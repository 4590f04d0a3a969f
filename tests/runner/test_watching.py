"""Work that must neither hang for ever nor go on when the right to do it is lost."""

import asyncio

import pytest

from core.errors import Unavailable
from entrypoints.runner.watching import watched


async def nothing() -> None:
    pass


async def hang() -> None:
    await asyncio.Event().wait()


async def test_what_ends_in_time_is_left_alone() -> None:
    await watched(nothing(), keep=hang, seconds=60)


async def test_what_goes_wrong_is_told() -> None:
    async def fail() -> None:
        raise Unavailable

    with pytest.raises(Unavailable):
        await watched(fail(), keep=hang, seconds=60)


async def test_what_hangs_is_cancelled() -> None:
    is_cancelled = asyncio.Event()

    async def note() -> None:
        try:
            await hang()
        finally:
            is_cancelled.set()

    with pytest.raises(TimeoutError, match=r"longer than 0\.05 s"):
        await watched(note(), keep=nothing, seconds=0.05, pulse=0.01)
    assert is_cancelled.is_set()


async def test_meanwhile_the_claim_is_kept() -> None:
    goes_on, pulses = asyncio.Event(), 0

    async def keep() -> None:
        nonlocal pulses
        pulses += 1
        if pulses == 3:
            goes_on.set()

    async def wait() -> None:
        await goes_on.wait()

    await watched(wait(), keep=keep, seconds=60, pulse=0.001)
    assert pulses >= 3


async def test_who_loses_the_claim_stops() -> None:
    is_cancelled = asyncio.Event()

    async def lose() -> None:
        raise Unavailable

    async def note() -> None:
        try:
            await hang()
        finally:
            is_cancelled.set()

    with pytest.raises(Unavailable):
        await watched(note(), keep=lose, seconds=60, pulse=0.001)
    assert is_cancelled.is_set()
