"""Answers without a framework, for what is decided before Litestar."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeAlias

from litestar.types import HTTPScope, Receive, Send

Headers: TypeAlias = list[tuple[bytes, bytes]]
HttpApp: TypeAlias = Callable[[HTTPScope, Receive, Send], Awaitable[None]]
NO_STORE = (b"cache-control", b"no-store")


def header(scope: HTTPScope, name: bytes) -> bytes | None:
    """The first header of this (small-lettered) name."""
    return next((value for key, value in _pairs(scope) if key == name), None)


def headers_named(scope: HTTPScope, name: bytes) -> list[bytes]:
    return [value for key, value in _pairs(scope) if key == name]


def is_api(scope: HTTPScope) -> bool:
    return scope["path"].startswith("/api/") or scope["path"] == "/api"


async def answer(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    length = (b"content-length", str(len(body)).encode())
    start: Any = {"type": "http.response.start", "status": status, "headers": [*headers, length]}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def drain(receive: Receive) -> None:
    """Read the request's body to its end, so that the connection stays usable."""
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def _pairs(scope: HTTPScope) -> Iterable[tuple[bytes, bytes]]:
    return scope["headers"]
