"""What only a serving worker has: the directory of hosts and the ear for changes."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncEngine

from config.settings import Settings
from core.tenancy.directory import TenantDirectory
from db.directory import SqlTenantDirectory


class ServingProvider(Provider):
    scope = Scope.APP

    @provide
    async def directory(self, engine: AsyncEngine, settings: Settings) -> AsyncIterator[TenantDirectory]:
        directory = SqlTenantDirectory(engine, prefix=settings.name_prefix, local_hosts=settings.is_local)
        await directory.start()
        yield directory
        await directory.stop()
