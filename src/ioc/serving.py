"""What only a serving worker has: the directory of hosts and the ear for changes."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncEngine

from config.settings import Settings
from core.tenancy.directory import TenantDirectory
from db.bucket_keyring import SqlBucketKeyring
from db.changes import ChangeListener
from db.directory import SqlTenantDirectory
from db.engine import assert_safe_role
from db.profiles import SqlTenantProfiles
from entrypoints.runner.bell import Bell


class ServingProvider(Provider):
    scope = Scope.APP

    bell = provide(Bell)

    @provide
    async def directory(
        self,
        engine: AsyncEngine,
        settings: Settings,
        profiles: SqlTenantProfiles,
        keyring: SqlBucketKeyring,
        bell: Bell,
    ) -> AsyncIterator[TenantDirectory]:
        await assert_safe_role(engine)
        directory = SqlTenantDirectory(engine, prefix=settings.name_prefix, local_hosts=settings.is_local)
        await directory.start()
        ear = ChangeListener(
            settings.database.url.get_secret_value(),
            on_change=(directory.follow, profiles.follow, keyring.follow, bell.follow),
        )
        await ear.start()
        yield directory
        await ear.stop()
        await directory.stop()
