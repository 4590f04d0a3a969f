"""What the operator needs to see and migrate all sites without entering one: the owner's connection, no store.

Apart from ioc.operator because importing all that works in sites takes twice as long as these commands do.
"""

from collections.abc import AsyncIterator
from typing import NewType

from dishka import AsyncContainer, Provider, Scope, make_async_container, provide, provide_all
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from config.settings import BadSettings, Settings
from core.access import Access
from core.identity import OPERATOR, Actor
from core.secrets import SecretBox
from core.tenancy.storage import Schemas, TenantRegistry
from core.tenancy.use_cases.list_tenants import ListTenants
from core.tenancy.use_cases.migrate_schemas import MigrateSchemas
from core.tenancy.use_cases.set_hosts import SetHosts
from core.tenancy.use_cases.show_tenant import ShowTenant
from db.engine import build_engine
from db.registry import SqlTenantRegistry
from db.schemas import SqlSchemas
from ioc.ground import GroundProvider
from services.operator_access import OperatorAccess

OwnerEngine = NewType("OwnerEngine", AsyncEngine)


class RegistryProvider(Provider):
    scope = Scope.APP

    access = provide(OperatorAccess, provides=Access)
    use_cases = provide_all(ListTenants, MigrateSchemas, SetHosts, ShowTenant)

    @provide
    def actor(self) -> Actor:
        return OPERATOR

    @provide
    async def owner_engine(self, settings: Settings) -> AsyncIterator[OwnerEngine]:
        engine = build_engine(_owner_url(settings), application="terrace-operator")
        yield OwnerEngine(engine)
        await engine.dispose()

    @provide
    def registry(self, engine: OwnerEngine, settings: Settings, box: SecretBox) -> TenantRegistry:
        return SqlTenantRegistry(engine, prefix=settings.name_prefix, box=box)

    @provide
    def schemas(self, engine: OwnerEngine, settings: Settings) -> Schemas:
        app_role = make_url(settings.database.url.get_secret_value()).username or ""
        return SqlSchemas(engine, app_role=app_role)


def registry_container(settings: Settings) -> AsyncContainer:
    """For commands that look at all sites from outside."""
    return make_async_container(GroundProvider(), RegistryProvider(), context={Settings: settings})


def _owner_url(settings: Settings) -> str:
    if settings.database.owner_url is None:
        raise BadSettings(["TERRACE_DATABASE__OWNER_URL: needed by this command"])
    return settings.database.owner_url.get_secret_value()
