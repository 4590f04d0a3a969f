"""Is the process alive, can it serve: asked by load balancers on any host, before there is a site."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Protocol

from litestar.types import HTTPScope, Receive, Send

from entrypoints.http.sending import NO_STORE, answer

KEPT_SECONDS = 1.0
PATIENCE_SECONDS = 2.0
JSON = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """*platform*: its schema is the one that this release needs; *behind*: sites whose schema is not."""

    database: bool
    platform: bool
    storage: bool
    behind: int

    @property
    def status(self) -> str:
        """``degraded`` still serves: all sites but some, all pages but pictures."""
        if not (self.database and self.platform):
            return "unavailable"
        return "ok" if self.storage and not self.behind else "degraded"


class HealthChecks(Protocol):
    """Looks at what the process depends on."""

    async def look(self) -> HealthReport:
        """May take long when something hangs; the caller does not wait longer than it wants."""
        ...

    def connections_in_use(self) -> int:
        """How many of the pool's database connections are taken at this moment."""
        ...


NOTHING_KNOWN = HealthReport(database=False, platform=False, storage=False, behind=0)


class Health:
    """Keeps what was seen for a second, so that probes cost the database nothing worth mentioning."""

    def __init__(self, checks: HealthChecks) -> None:
        self._checks = checks
        self._report = NOTHING_KNOWN
        self._seen_at = float("-inf")
        self._looking: asyncio.Task[HealthReport] | None = None

    async def report(self) -> HealthReport:
        if asyncio.get_running_loop().time() - self._seen_at < KEPT_SECONDS:
            return self._report
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        # A look that hangs is neither waited for nor cancelled: cancelling a query of a silent database hangs too.
        done, _ = await asyncio.wait({self._looking}, timeout=PATIENCE_SECONDS)
        return self._report if done else NOTHING_KNOWN

    async def close(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking}, timeout=PATIENCE_SECONDS)

    async def _look(self) -> HealthReport:
        try:
            self._report = await self._checks.look()
        except Exception:  # noqa: BLE001 - whatever a check runs into, the answer is "not now"
            self._report = NOTHING_KNOWN
        finally:
            self._looking = None
        self._seen_at = asyncio.get_running_loop().time()
        return self._report

    async def serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer ``/health/…``."""
        del receive
        if scope["method"] != "GET":
            await answer(send, 405, [(b"allow", b"GET"), NO_STORE])
        elif scope["path"] == "/health/live":
            await answer(send, 200, [JSON, NO_STORE], _status("ok"))
        elif scope["path"] == "/health/ready":
            status = (await self.report()).status
            away = status == "unavailable"
            headers = [JSON, NO_STORE, (b"retry-after", b"5")] if away else [JSON, NO_STORE]
            await answer(send, 503 if away else 200, headers, _status(status))
        else:
            await answer(send, 404, [JSON, NO_STORE], _status("unknown"))


def _status(status: str) -> bytes:
    return json.dumps({"status": status}).encode()
