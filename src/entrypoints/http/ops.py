"""The operator's port: one per node, on loopback. Whichever worker binds it first answers for all."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict
from urllib.parse import parse_qs

from litestar.types import HTTPScope, Receive, Send
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from core.errors import Invalid
from core.tenancy.directory import Hostnames, TenantDirectory
from entrypoints.http.health import JSON, Health, HealthChecks
from entrypoints.http.metrics import Metrics
from entrypoints.http.options import HttpOptions
from entrypoints.http.outbox import ROOT as OUTBOX
from entrypoints.http.outbox import OutboxWindow
from entrypoints.http.sending import NO_STORE, answer

AGAIN_SECONDS = 1.0
_TEXT = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")


class OperatorsDoor:
    """What it answers: /health with details, /metrics of all workers, /tls/ask?domain= for proxies that fetch
    certificates on demand, /outbox with the letters that were not sent."""

    def __init__(
        self, health: Health, metrics: Metrics, directory: TenantDirectory, hostnames: Hostnames, outbox: OutboxWindow
    ) -> None:
        self._health = health
        self._metrics = metrics
        self._directory = directory
        self._hostnames = hostnames
        self._outbox = outbox

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        del receive
        path = scope["path"]
        if scope["method"] not in {"GET", "HEAD"}:
            await answer(send, 405, [(b"allow", b"GET, HEAD"), NO_STORE])
        elif path == "/health":
            report = await self._health.report()
            body = json.dumps({"status": report.status, **asdict(report)}).encode()
            await answer(send, 503 if report.status == "unavailable" else 200, [JSON, NO_STORE], body)
        elif path == "/metrics":
            await answer(send, 200, [_TEXT, NO_STORE], self._metrics.text())
        elif path == "/tls/ask":
            await answer(send, 200 if self._knows(scope["query_string"]) else 404, [NO_STORE])
        elif shown := await self._outbox.show(path) if path.startswith(OUTBOX) else None:
            headers, page = shown
            await answer(send, 200, headers, page)
        else:
            await answer(send, 404, [NO_STORE])

    def _knows(self, query: bytes) -> bool:
        asked = parse_qs(query.decode("latin-1")).get("domain", [])
        if len(asked) != 1:
            return False
        try:
            return self._directory.find_by_host(self._hostnames.normalise(asked[0])) is not None
        except Invalid:
            return False


async def keep_open(door: OperatorsDoor, options: HttpOptions, metrics: Metrics, checks: HealthChecks) -> None:
    """Try to bind the port each second until it succeeds, and count the pool meanwhile. Runs until cancelled."""
    server: asyncio.AbstractServer | None = None
    try:
        while True:
            metrics.connections.set(checks.connections_in_use())
            if server is None:
                server = await _bind(door, options)
            await asyncio.sleep(AGAIN_SECONDS)
    finally:
        if server is not None:
            server.close()


async def _bind(door: OperatorsDoor, options: HttpOptions) -> asyncio.AbstractServer | None:
    config = Config(door, lifespan="off", log_config=None, access_log=False, proxy_headers=False, ws="none")
    config.load()
    state = ServerState()
    with suppress(OSError):
        return await asyncio.get_running_loop().create_server(
            lambda: HttpToolsProtocol(config, state, {}), options.ops_host, options.ops_port
        )
    return None
