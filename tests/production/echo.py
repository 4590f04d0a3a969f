"""A small server that stands where the application stands and tells what reached it."""

import asyncio
import json
from dataclasses import dataclass, field

ANSWER_HEADERS = (
    'ETag: "7-identity"',
    "Location: http://terrace/somewhere",
    "Cache-Control: no-cache",
    "Content-Type: application/json",
)


@dataclass(slots=True, kw_only=True)
class Received:
    """One request as it arrived: request line, headers in order and as written, length of the body."""

    line: str
    headers: list[tuple[str, str]]
    body_length: int = 0

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass(slots=True)
class Echo:
    """Answers each request with 60 kB of JSON that repeats it; keeps what it received."""

    received: list[Received] = field(default_factory=list)
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def start(self, port: int) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for writer in tuple(self._open):
                writer.close()
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while True:
                request = _parse(await reader.readuntil(b"\r\n\r\n"))
                length = int((request.all("Content-Length") or ["0"])[0])
                request.body_length = len(await reader.readexactly(length))
                self.received.append(request)
                writer.write(_answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()


def _parse(head: bytes) -> Received:
    line, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = [field.split(": ", 1) for field in fields]
    return Received(line=line, headers=[(pair[0], pair[1] if len(pair) == 2 else "") for pair in pairs])


def _answer(request: Received) -> bytes:
    body = json.dumps({"line": request.line, "padding": "terrace " * 7_500}).encode()
    head = ["HTTP/1.1 201 Created", *ANSWER_HEADERS, f"Content-Length: {len(body)}", "", ""]
    payload = b"" if request.line.startswith("HEAD ") else body
    return "\r\n".join(head).encode() + payload
