"""What every request gets, wherever it ends: an id, careful headers, a line in the log, a place in the metrics."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import quote

import structlog
from litestar.types import HTTPScope, Message, Receive, Send

from core.errors import Unavailable
from entrypoints.http.metrics import Metrics
from entrypoints.http.refusals import Refusals
from entrypoints.http.request_ids import HEADER, request_id_of
from entrypoints.http.sending import HttpApp

_SECRET_PATH = re.compile(r"^(/(?:invitations|password-reset|email-change|preview))/.+", re.DOTALL)
_log = structlog.get_logger("access")


class Envelope:
    """The outermost layer. HEAD runs as GET and loses its body on the way out, so that both say the same."""

    def __init__(
        self, app: HttpApp, refusals: Refusals, metrics: Metrics, headers: tuple[tuple[bytes, bytes], ...]
    ) -> None:
        self._app = app
        self._refusals = refusals
        self._metrics = metrics
        self._headers = headers

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        request_id = request_id_of(list(scope["headers"]))
        inner = _inner(scope, request_id)
        exchange = _Exchange(send, request_id, self._headers, is_head=scope["method"] == "HEAD")
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        try:
            await self._app(inner, receive, exchange.send)
        except Unavailable:
            if exchange.status:
                raise
            await self._refusals.refuse(inner, exchange.send, 503)
        except Exception:
            _log.exception("request failed")
            if exchange.status:
                raise
            await self._refusals.refuse(inner, exchange.send, 500)
        finally:
            self._note(scope, inner, exchange.status, time.perf_counter() - began)

    def _note(self, scope: HTTPScope, inner: HTTPScope, status: int, seconds: float) -> None:
        route = inner.get("path_template") or "-"
        self._metrics.count(str(route), scope["method"], status, seconds)
        _log.info(
            "request",
            method=scope["method"],
            path=loggable(scope["path"]),
            status=status,
            duration_ms=round(seconds * 1000, 1),
        )


def loggable(path: str) -> str:
    """*path* without secrets, and without anything that could write lines of its own into a log."""
    masked = _SECRET_PATH.sub(r"\1/-", path)
    return masked if masked.isascii() and masked.isprintable() else quote(masked)


def _inner(scope: HTTPScope, request_id: str) -> HTTPScope:
    """A copy, since the server looks into its own scope: method GET for HEAD, and the id among the headers."""
    headers = [pair for pair in scope["headers"] if pair[0] != HEADER]
    inner: Any = dict(scope, headers=[*headers, (HEADER, request_id.encode())])
    if scope["method"] == "HEAD":
        inner["method"] = "GET"
        inner["terrace.is_head"] = True
    return inner  # type: ignore[no-any-return]  # ASGI leaves further keys to the application


class _Exchange:
    __slots__ = ("_headers", "_is_head", "_request_id", "_send", "status")

    def __init__(self, send: Send, request_id: str, headers: tuple[tuple[bytes, bytes], ...], *, is_head: bool) -> None:
        self._send = send
        self._request_id = request_id.encode()
        self._headers = headers
        self._is_head = is_head
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = self._completed(list(message["headers"]))
        elif message["type"] == "http.response.body" and self._is_head:
            message["body"] = b""
        await self._send(message)

    def _completed(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """The answer's own headers win over the common ones."""
        headers = [(name.lower(), value) for name, value in given]
        names = {name for name, _ in headers}
        headers = [(name, _with_head(value) if name == b"allow" else value) for name, value in headers]
        return [*headers, *(pair for pair in self._headers if pair[0] not in names), (HEADER, self._request_id)]


def _with_head(allow: bytes) -> bytes:
    methods = {method.strip() for method in allow.split(b",")}
    return b", ".join(sorted(methods | {b"HEAD"})) if b"GET" in methods else allow
