"""A request that does not move is answered all the same."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from entrypoints.http import watchdog
from entrypoints.http.sending import answer
from entrypoints.http.watchdog import Watchdog, be_patient
from tests.http.wire import Wire, read, serving

SECONDS = 0.2


class Work:
    """What the application does with a request: the tests put it in."""

    def __init__(self) -> None:
        self.do: Any = None
        self.ended = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self.do(scope, receive, send)
        finally:
            self.ended.set()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
async def guarded(work: Work) -> AsyncIterator[Wire]:
    async def refuse(scope: Any, send: Any, status: int) -> None:
        del scope
        await answer(send, status, [(b"retry-after", b"5")], b"given up")

    async with serving(Watchdog(work, refuse, seconds=SECONDS)) as wire:
        yield wire


async def test_silence_is_answered_and_the_work_cancelled(guarded: Wire, work: Work) -> None:
    work.do = lambda *_: asyncio.sleep(60)
    began = asyncio.get_running_loop().time()
    given = await guarded.ask("/", "Host: x")
    assert (given.status, given.headers["retry-after"], given.body) == (503, "5", b"given up")
    assert asyncio.get_running_loop().time() - began < SECONDS + 1
    await asyncio.wait_for(work.ended.wait(), 1)


async def test_work_that_will_not_be_cancelled_holds_nobody_up(guarded: Wire, work: Work) -> None:
    async def stubborn(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(SECONDS * 3)
            await answer(send, 200, [], b"too late")

    work.do = stubborn
    began = asyncio.get_running_loop().time()
    assert (await guarded.ask("/", "Host: x")).status == 503
    assert asyncio.get_running_loop().time() - began < SECONDS * 2.5
    await asyncio.wait_for(work.ended.wait(), 2)


async def test_work_that_fails_after_it_was_given_up_fails_nobody(guarded: Wire, work: Work) -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise OSError("the database went away") from None

    work.do = failing
    pair = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", guarded.port)
    for _ in range(2):
        writer.write(pair)
        assert (await read(reader)).status == 503
    writer.close()


async def test_work_that_moves_may_take_its_time(guarded: Wire, work: Work) -> None:
    async def steady(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        for _ in range(5):
            await asyncio.sleep(SECONDS * 0.6)
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    work.do = steady
    assert (await guarded.ask("/", "Host: x")).body == b"xxxxx"


async def test_an_answer_that_stops_halfway_is_cut_off(guarded: Wire, work: Work) -> None:
    async def halfway(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await asyncio.sleep(60)

    work.do = halfway
    with pytest.raises(asyncio.IncompleteReadError):
        await guarded.ask("/", "Host: x")


async def test_honest_work_can_ask_for_patience(guarded: Wire, work: Work) -> None:
    async def long(scope: Any, receive: Any, send: Any) -> None:
        be_patient(scope, 30)
        await asyncio.sleep(SECONDS * 2)
        await answer(send, 200, [], b"done")

    work.do = long
    assert (await guarded.ask("/", "Host: x")).body == b"done"


async def test_a_slow_client_is_waited_for_longer(guarded: Wire, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    async def echo(scope: Any, receive: Any, send: Any) -> None:
        more, body = True, b""
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        await answer(send, 200, [], body)

    work.do = echo
    monkeypatch.setattr(watchdog, "CLIENT_SECONDS", SECONDS * 4)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", guarded.port)
    writer.write(head + b"ab")
    await asyncio.sleep(SECONDS * 2)
    writer.write(b"cd")
    assert (await reader.read(4096)).endswith(b"abcd")
    writer.close()
    assert (await guarded.send(head + b"ab")).status == 408


async def test_the_servers_own_cancelling_is_passed_on(work: Work) -> None:
    async def refuse(scope: Any, send: Any, status: int) -> None:
        raise AssertionError("nobody gave up")

    async def nothing() -> Any:
        await asyncio.sleep(60)

    work.do = lambda *_: asyncio.sleep(60)
    scope: Any = {"type": "http"}
    task = asyncio.ensure_future(Watchdog(work, refuse, seconds=30)(scope, nothing, lambda _: nothing()))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_patience_without_a_watchdog_is_nothing() -> None:
    be_patient({"type": "http"}, 5)
