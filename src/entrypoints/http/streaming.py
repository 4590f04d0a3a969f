"""Answers whose bytes come as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar.types import Receive, Scope, Send

from entrypoints.http.sending import NO_STORE, Headers


class Streamed:
    """Sends what comes as it comes, and lets go of where it comes from however it ends. Without *chunks* only the
    headers."""

    def __init__(self, status: int, headers: Headers, chunks: AsyncIterator[bytes] | None = None) -> None:
        self._status = status
        self._headers = headers
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        start: Any = {"type": "http.response.start", "status": self._status, "headers": self._headers}
        if self._chunks is None:
            await send(start)
        else:
            await self._stream(start, self._chunks, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _stream(self, start: Any, chunks: AsyncIterator[bytes], send: Send) -> None:
        """The headers wait for the first bytes: should nothing come before, the answer is still open."""
        try:
            has_started = False
            async for chunk in chunks:
                if not has_started:
                    has_started = True
                    await send(start)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if not has_started:
                await send(start)
        finally:
            if hasattr(chunks, "aclose"):
                await chunks.aclose()


def download(filename: str, chunks: AsyncIterator[bytes] | None, *, media_type: str = "application/zip") -> Streamed:
    """A file to be kept as *filename*, of which nobody else may keep a copy."""
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-disposition", f'attachment; filename="{filename}"'.encode()),
        (b"x-content-type-options", b"nosniff"),
        NO_STORE,
    ]
    return Streamed(200, headers, chunks)
