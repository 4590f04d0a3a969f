"""A request that does not move is answered all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from litestar.types import HTTPScope, Message, Receive, Send

from entrypoints.http.sending import HttpApp

CLIENT_SECONDS = 30.0
_KEY = "terrace.watch"

Refuse = Callable[[HTTPScope, Send, int], Coroutine[Any, Any, None]]


class Watchdog:
    """Answers 503 when *app* neither sends nor receives for *seconds*, whatever it is waiting for, and 408 when the
    client leaves its body unfinished. The stalled work is cancelled; how long it takes to notice does not matter to
    the client any more."""

    def __init__(self, app: HttpApp, refuse: Refuse, *, seconds: float) -> None:
        self._app = app
        self._refuse = refuse
        self._seconds = seconds

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        watch = _Watch(self._seconds, scope, receive, send, self._refuse)
        scope[_KEY] = watch  # type: ignore[literal-required]  # ASGI leaves further keys to the application
        watch.begin()
        try:
            await self._app(scope, watch.receive, watch.send)
        except (Exception, asyncio.CancelledError):
            # Given up, the client has its answer: how the work came to its end is of no interest any more.
            if not watch.has_given_up:
                raise
        finally:
            await watch.end()


def be_patient(scope: Any, seconds: float) -> None:
    """Give this request *seconds* instead, for honest work that takes long (an upload is decoded and stored)."""
    watch: _Watch | None = scope.get(_KEY)
    if watch is not None:
        watch.seconds = seconds


class _Watch:
    __slots__ = (
        "_has_started",
        "_in_receive",
        "_in_send",
        "_last",
        "_loop",
        "_receive",
        "_refusal",
        "_refuse",
        "_scope",
        "_send",
        "_timer",
        "has_given_up",
        "seconds",
        "task",
    )

    def __init__(self, seconds: float, scope: HTTPScope, receive: Receive, send: Send, refuse: Refuse) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a request runs in a task")
        self.task = task
        self.seconds = seconds
        self.has_given_up = False
        self._scope, self._receive, self._send, self._refuse = scope, receive, send, refuse
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._in_receive = self._in_send = self._has_started = False
        self._refusal: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self._timer = self._loop.call_at(self._last + self.seconds, self._look)

    async def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self.has_given_up:
            self.task.uncancel()
        while self._refusal is not None and not self._refusal.done():
            # Work that ended by itself at that very moment leaves our cancelling for this line to meet.
            with suppress(asyncio.CancelledError):
                await asyncio.wait({self._refusal})

    async def receive(self) -> Any:
        if self.has_given_up:
            return {"type": "http.disconnect"}
        self._in_receive = True
        try:
            return await self._receive()
        finally:
            self._in_receive = False
            self._last = self._loop.time()

    async def send(self, message: Message) -> None:
        if self.has_given_up:
            return
        self._has_started = True
        self._in_send = True
        try:
            await self._send(message)
        finally:
            self._in_send = False
            self._last = self._loop.time()

    @property
    def _limit(self) -> float:
        waits_for_client = self._in_send or (self._in_receive and not self._has_started)
        return max(CLIENT_SECONDS, self.seconds) if waits_for_client else self.seconds

    def _look(self) -> None:
        """Instead of a timer for each message: one that looks how long ago the last was."""
        due = self._last + self._limit
        if due > self._loop.time():
            self._timer = self._loop.call_at(min(due, self._loop.time() + self.seconds), self._look)
            return
        self.has_given_up = True
        if not self._has_started:
            status = 408 if self._in_receive else 503
            self._refusal = self._loop.create_task(self._refuse(self._scope, self._send, status))
        self.task.cancel()
