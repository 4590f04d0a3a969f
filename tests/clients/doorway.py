"""A way to the store that can be blocked: what a stopped or hanging store looks like from our side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Self
from urllib.parse import urlsplit


class Doorway:
    """Passes bytes on in both directions while it is open. While silent it accepts connections and says nothing, as
    the kernel does for a stopped process; *let_through* bytes of an answer may still pass first."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._flows = asyncio.Event()
        self._flows.set()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.endpoint = ""
        self.connections = 0
        self.let_through: int | None = None

    async def open(self, port: int = 0) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.endpoint = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def fall_silent(self) -> None:
        self._flows.clear()

    def speak(self) -> None:
        self._flows.set()
        self.let_through = None

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        with suppress(OSError, asyncio.CancelledError):
            there, back = await asyncio.open_connection(self._host, self._port)
            await asyncio.gather(self._pass(reader, back, is_answer=False), self._pass(there, writer, is_answer=True))
        writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        try:
            while True:
                await self._flows.wait()
                chunk = await reader.read(16_384)
                await self._flows.wait()
                if not chunk:
                    return
                if is_answer and self.let_through is not None:
                    chunk, self.let_through = chunk[: self.let_through], max(0, self.let_through - len(chunk))
                    if not self.let_through:
                        self.fall_silent()
                writer.write(chunk)
                await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def doorway(endpoint: str) -> AsyncIterator[Doorway]:
    door = await Doorway(endpoint).open()
    try:
        yield door
    finally:
        await door.close()
