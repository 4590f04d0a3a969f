"""Requests byte for byte, to the very protocol that serves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from uvicorn import Config
from uvicorn.server import ServerState

from entrypoints.http.protocol import HostAwareProtocol


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Wire:
    port: int

    async def send(self, request: bytes) -> Answer:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            await writer.drain()
            return await asyncio.wait_for(read(reader, is_head=request.startswith(b"HEAD ")), 15)
        finally:
            writer.close()
            await writer.wait_closed()

    async def ask(self, target: str, *headers: str, method: str = "GET", body: bytes = b"") -> Answer:
        """*headers* as they are, Host included; the connection is closed after the answer."""
        length = [f"Content-Length: {len(body)}"] if body else []
        lines = [f"{method} {target} HTTP/1.1", *headers, *length, "Connection: close", "", ""]
        return await self.send("\r\n".join(lines).encode("latin-1") + body)


async def read(reader: asyncio.StreamReader, *, is_head: bool = False) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in head[1:-2]:
        name, _, value = line.partition(": ")
        headers[name.lower()] = value
    length = 0 if is_head else int(headers.get("content-length", 0))
    return Answer(int(head[0].split()[1]), headers, await reader.readexactly(length))


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[Wire]:
    config = Config(app, lifespan="off", log_config=None, access_log=False, proxy_headers=False)
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: HostAwareProtocol(config, state, {}), "127.0.0.1", 0
    )
    try:
        yield Wire(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await server.wait_closed()
        for task in list(state.tasks):
            await task
