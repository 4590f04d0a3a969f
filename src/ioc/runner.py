"""The runner, and what it opens for each task: all that a site has, with the operator as the actor."""

from collections.abc import AsyncIterator
from typing import NewType

from dishka import AnyOf, AsyncContainer, Provider, Scope, from_context, provide
from sqlalchemy.ext.asyncio import AsyncEngine

from clients.object_store import ObjectStore
from config.settings import Settings
from core.access import Access
from core.clock import Clock
from core.identity import OPERATOR, Actor
from core.markdown import MarkdownRenderer
from core.media.storage import Pictures
from core.profile import TenantProfiles
from core.tenancy.entities import Tenant
from core.tenancy.storage import BucketKeyring
from db.bucket_keyring import SqlBucketKeyring
from db.engine import build_engine
from db.profiles import SqlTenantProfiles
from db.tenant_session import TenantSessions
from db.wakeups import SqlTaskQueues, SqlWakeups
from entrypoints.http.metrics import Metrics
from entrypoints.http.translations import Translations
from entrypoints.runner.bell import Bell
from entrypoints.runner.running import ALL_LANES, Runner
from ioc.container import build_container
from ioc.origin import OperatorsOriginProvider
from services.operator_access import OperatorAccess

RunnerEngine = NewType("RunnerEngine", AsyncEngine)
"""Connections of its own: a claim holds one, its task another, and requests wait for neither."""


class OperatorAtWorkProvider(Provider):
    """The operator at work in one site, which is named when the scope is entered."""

    scope = Scope.REQUEST

    tenant = from_context(Tenant)

    @provide(scope=Scope.APP)
    def actor(self) -> Actor:
        return OPERATOR

    access = provide(OperatorAccess, provides=Access, scope=Scope.APP)


class BorrowedProvider(Provider):
    """What a server has once in each process. Its caches hear of changes there."""

    scope = Scope.APP

    def __init__(self, server: AsyncContainer, engine: AsyncEngine) -> None:
        super().__init__()
        self._server = server
        self._engine = engine

    @provide
    def engine(self) -> AsyncEngine:
        return self._engine

    @provide
    async def profiles(self) -> AnyOf[SqlTenantProfiles, TenantProfiles]:
        return await self._server.get(SqlTenantProfiles)

    @provide
    async def keyring(self) -> AnyOf[SqlBucketKeyring, BucketKeyring]:
        return await self._server.get(SqlBucketKeyring)

    @provide
    async def store(self) -> ObjectStore:
        return await self._server.get(ObjectStore)

    @provide
    async def translations(self) -> Translations:
        return await self._server.get(Translations)

    @provide
    async def markdown(self) -> MarkdownRenderer:
        markdown: MarkdownRenderer = await self._server.get(MarkdownRenderer)
        return markdown

    @provide
    async def pictures(self) -> Pictures:
        pictures: Pictures = await self._server.get(Pictures)
        return pictures


class RunnerProvider(Provider):
    """For the server; nothing of it is made in workers that have no turn."""

    scope = Scope.APP

    @provide
    async def engine(self, settings: Settings) -> AsyncIterator[RunnerEngine]:
        url = settings.database.url.get_secret_value()
        engine = build_engine(url, pool_size=2 * ALL_LANES, application="terrace-runner")
        yield RunnerEngine(engine)
        await engine.dispose()

    @provide
    async def runner(
        self,
        server: AsyncContainer,
        engine: RunnerEngine,
        settings: Settings,
        clock: Clock,
        metrics: Metrics,
        bell: Bell,
    ) -> AsyncIterator[Runner]:
        work = (OperatorAtWorkProvider(), OperatorsOriginProvider(), BorrowedProvider(server, engine))
        sites = build_container(settings, *work)
        yield runner_over(sites, engine, settings, clock, metrics, bell)
        await sites.close()


def runner_over(
    sites: AsyncContainer, engine: AsyncEngine, settings: Settings, clock: Clock, metrics: Metrics, bell: Bell
) -> Runner:
    wakeups = SqlWakeups(engine, prefix=settings.name_prefix, local_hosts=settings.is_local)
    return Runner(sites, wakeups, SqlTaskQueues(TenantSessions(engine)), clock, metrics, bell)
