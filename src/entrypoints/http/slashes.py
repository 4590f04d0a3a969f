"""Needless slashes are led away in one hop, also where something moved since an address was written with them."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from litestar.types import HTTPScope, Message, Send

from entrypoints.http.sending import answer

NEVER_MOVED = (
    *("/admin", "/api", "/email-change", "/health", "/invitations", "/login", "/logout", "/media", "/password-reset"),
    *("/preview", "/share", "/static", "/theme."),
)
"""Addresses of our own, where no text ever was."""
MOVED = 301


def at(scope: HTTPScope, path: bytes) -> HTTPScope:
    """The same request for *path*, whose UTF-8 was checked."""
    asked = scope.copy()
    asked["raw_path"], asked["path"] = path, unquote_to_bytes(path).decode()
    return asked


class OneHop:
    """Passes on where the address without its slashes has moved to; any other answer is that this address is to be
    asked for."""

    def __init__(self, send: Send, location: bytes) -> None:
        self._send = send
        self._location = location
        self._has_moved = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._has_moved = message["status"] == MOVED
            if not self._has_moved:
                await answer(self._send, 308, [(b"location", self._location), (b"cache-control", b"no-cache")])
        if self._has_moved:
            await self._send(message)
