"""The application: an outer stack in plain ASGI, and Litestar behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from inspect import getclosurevars
from pathlib import Path
from typing import Any

from dishka import AsyncContainer
from dishka.integrations.litestar import setup_dishka
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler, ExceptionHandlersMap, HTTPScope, Receive, Scope, Send
from litestar.types.asgi_types import LifeSpanReceive, LifeSpanScope, LifeSpanSend

from core.errors import TerraceError, Unavailable
from core.tenancy.directory import Hostnames, TenantDirectory
from entrypoints.http.addresses import ClientKeys, TrustedProxies
from entrypoints.http.assets import Assets
from entrypoints.http.context import facts_of
from entrypoints.http.envelope import Envelope
from entrypoints.http.health import Health, HealthChecks
from entrypoints.http.hosts import HostGate
from entrypoints.http.metrics import Metrics
from entrypoints.http.ops import OperatorsDoor, keep_open
from entrypoints.http.options import HttpOptions
from entrypoints.http.outbox import OutboxWindow
from entrypoints.http.refusals import PlainPages, Refusals
from entrypoints.http.security import security_headers, theme_snippet
from entrypoints.http.translations import Translations
from entrypoints.http.watchdog import Watchdog

TEMPLATES = Path(__file__).parents[2] / "templates"
HEALTH = "/health/"

Companion = Callable[[AsyncContainer], Coroutine[Any, Any, None]]


class Terrace(Litestar):
    """Litestar behind the house's front door.

    Envelope (id, headers, log) → watchdog → health → host gate → own files → Litestar. No WebSockets. The stack
    stands while the lifespan runs; what it is made of comes from *container*, which is closed with it. What is to run
    *beside* it gets the container and is cancelled before.
    """

    def __init__(
        self,
        container: AsyncContainer,
        options: HttpOptions,
        *,
        route_handlers: Sequence[ControllerRouterHandler],
        exception_handlers: ExceptionHandlersMap | None = None,
        beside: Sequence[Companion] = (),
    ) -> None:
        self._container = container
        self._options = options
        self._beside = beside
        self._stack: Envelope | None = None
        self._refusal = ""
        super().__init__(
            route_handlers=route_handlers,
            exception_handlers=exception_handlers,
            request_max_body_size=options.body_limit,
            lifespan=[_standing],
            logging_config=None,
            openapi_config=None,
        )
        for route in self.routes:
            if isinstance(route, HTTPRoute):
                _tell_all_methods(route)
        setup_dishka(container, self)

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        if scope["type"] == ScopeType.WEBSOCKET:
            await _refuse_socket(send)
            return
        if scope["type"] != ScopeType.HTTP:
            await super().__call__(scope, receive, self._explaining(send))
            return
        if self._stack is None:
            raise RuntimeError("the application serves only while its lifespan runs")
        await self._stack(scope, receive, send)  # type: ignore[arg-type]  # an http scope has http's two callables

    def _explaining(self, send: Any) -> Any:
        """What is wrong with the deployment is one line for the operator; for a bug the traceback stays."""

        async def told(message: Any) -> None:
            if message["type"] == "lifespan.startup.failed" and self._refusal:
                message = {**message, "message": f"Not starting. {self._refusal}"}
            await send(message)

        return told

    @asynccontextmanager
    async def standing(self) -> AsyncIterator[None]:
        """Build the outer stack, keep the operator's port open, and close the container at the end."""
        get = self._container.get
        try:
            health, metrics = await self._checks()
            self._stack = await self._build(health, metrics)
            outbox = await get(OutboxWindow)
            door = OperatorsDoor(health, metrics, await get(TenantDirectory), await get(Hostnames), outbox)
            opening = keep_open(door, self._options, metrics, await get(HealthChecks))
            running = [asyncio.create_task(work) for work in (opening, *(go(self._container) for go in self._beside))]
            try:
                yield
            finally:
                for work in running:
                    work.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                await health.close()
        finally:
            self._stack = None
            await self._container.close()

    async def _checks(self) -> tuple[Health, Metrics]:
        """Here it shows whether the deployment can be served at all."""
        try:
            return Health(await self._container.get(HealthChecks)), await self._container.get(Metrics)
        except (TerraceError, RuntimeError) as error:
            self._refusal = str(_first_cause(error) if isinstance(error, Unavailable) else error)
            raise

    async def _build(self, health: Health, metrics: Metrics) -> Envelope:
        get = self._container.get
        refusals = Refusals(await get(PlainPages), await get(Translations))
        gate = HostGate(
            app=_Inside(await get(Assets), super().__call__),
            options=self._options,
            directory=await get(TenantDirectory),
            hostnames=await get(Hostnames),
            proxies=TrustedProxies(self._options.trusted_proxies),
            client_keys=await get(ClientKeys),
            refusals=refusals,
        )

        async def give_up(scope: HTTPScope, send: Send, status: int) -> None:
            metrics.count_stalled()
            await refusals.refuse(scope, send, status)

        watchdog = Watchdog(_HealthFirst(health, gate), give_up, seconds=self._options.stall_seconds)
        headers = security_headers(theme_snippet(TEMPLATES), is_local=self._options.is_local)
        return Envelope(watchdog, refusals, metrics, headers)


def _first_cause(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


@asynccontextmanager
async def _standing(app: Litestar) -> AsyncIterator[None]:
    if not isinstance(app, Terrace):
        raise TypeError("this lifespan belongs to Terrace")
    async with app.standing():
        yield


def _tell_all_methods(route: HTTPRoute) -> None:
    """Litestar's answer to OPTIONS remembers the route as it was before the handlers of other methods joined it, and
    names the first one's methods alone."""
    answers, _ = route.route_handler_map["OPTIONS"]
    remembered = getclosurevars(answers.fn).nonlocals.get("self")
    if isinstance(remembered, HTTPRoute):
        remembered.methods = route.methods


async def _refuse_socket(send: Any) -> None:
    await send({"type": "websocket.close", "code": 1008, "reason": ""})


class _HealthFirst:
    """Probes are answered on any host: those who ask know none."""

    def __init__(self, health: Health, app: HostGate) -> None:
        self._health = health
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].startswith(HEALTH):
            await self._health.serve(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class _Inside:
    """Behind the gate: our own files at once, everything else by Litestar."""

    def __init__(self, assets: Assets, app: Any) -> None:
        self._assets = assets
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET" and self._assets.handles(scope["path"]):
            await self._assets.serve(scope, send, facts_of(scope).tenant)
        else:
            await self._app(scope, receive, send)
