import asyncio
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.tenancy.entities import Hostname, Tenant, TenantState
from db.changes import DIRECTORY
from db.migrations import TENANT_VERSIONS
from db.platform import tenant_of, tenants_with_hosts
from db.tenant_session import PlatformSessions


class NotMigrated(RuntimeError):
    """There is no platform schema that could be read."""


class SqlTenantDirectory:
    """A dictionary that `follow` keeps true. *local_hosts*: `{slug}.localhost` is each site's primary name."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        prefix: str,
        local_hosts: bool,
        known_versions: Sequence[str] = TENANT_VERSIONS,
    ) -> None:
        self._sessions = PlatformSessions(engine)
        self._prefix = prefix
        self._local_hosts = local_hosts
        self._outdated = frozenset(known_versions[:-1])
        self._by_host: dict[Hostname, Tenant] = {}
        self._by_slug: dict[str, Tenant] = {}
        self._one_at_a_time = asyncio.Lock()

    async def start(self) -> None:
        """Load all. Raises Unavailable when the database does not answer, NotMigrated when nobody has migrated."""
        try:
            await self._load()
        except ProgrammingError as error:
            raise NotMigrated("The platform's schema is not made: run `terrace db migrate`.") from error

    async def stop(self) -> None:
        self._by_host, self._by_slug = {}, {}

    async def follow(self, payload: str | None) -> None:
        if payload in (None, DIRECTORY):
            await self._load()

    def find_by_host(self, host: Hostname) -> Tenant | None:
        return self._by_host.get(host)

    def find_by_slug(self, slug: str) -> Tenant | None:
        return self._by_slug.get(slug)

    def is_behind(self, tenant: Tenant) -> bool:
        # A version that this release does not know is a newer one, made to be served by older releases too.
        return tenant.schema_version is None or tenant.schema_version in self._outdated

    def list_behind(self) -> Sequence[Tenant]:
        """Active tenants that this release cannot serve."""
        return [tenant for tenant in self._by_slug.values() if _is_served(tenant) and self.is_behind(tenant)]

    async def _load(self) -> None:
        async with self._one_at_a_time, self._sessions.open() as session:
            found = await session.execute(tenants_with_hosts())
            tenants = [tenant_of(row, prefix=self._prefix) for row in found.mappings()]
            if self._local_hosts:
                tenants = [with_local_host(tenant) for tenant in tenants]
            self._by_host = {host: tenant for tenant in tenants if _is_served(tenant) for host in tenant.hosts}
            self._by_slug = {tenant.slug: tenant for tenant in tenants}


def with_local_host(tenant: Tenant) -> Tenant:
    """*tenant* as a local deployment serves it: `{slug}.localhost` is its primary name."""
    local = Hostname(f"{tenant.slug}.localhost")
    return replace(tenant, hosts=(local, *(host for host in tenant.hosts if host != local)))


def _is_served(tenant: Tenant) -> bool:
    return tenant.state is TenantState.ACTIVE
