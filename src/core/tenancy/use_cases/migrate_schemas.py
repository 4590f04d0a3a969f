from collections.abc import AsyncIterator
from dataclasses import dataclass

from core.access import Access, Action
from core.tenancy.errors import TenantNotFound
from core.tenancy.storage import MigrationOutcome, MigrationReport, Schemas, TenantRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateSchemas:
    """The operator brings the platform's and the sites' schemas up to this release, or only that of *slug*.

    A schema that fails is reported and does not hold up the others. Refused with TenantNotFound.
    """

    access: Access
    registry: TenantRegistry
    schemas: Schemas

    async def __call__(self, *, slug: str | None = None, jobs: int = 1) -> AsyncIterator[MigrationReport]:
        self.access.require(Action.MIGRATE_SCHEMAS)
        platform = await self.schemas.migrate_platform()
        yield platform
        if platform.outcome is MigrationOutcome.FAILED:
            return
        everyone = await self.registry.list_all()
        chosen = [tenant for tenant in everyone if slug in (None, tenant.slug) and tenant.schema_version]
        if slug is not None and not chosen:
            raise TenantNotFound(slug=slug)
        async for report in self.schemas.migrate(chosen, jobs=jobs):
            yield report
