"""What tenancy asks of the outside. Only the operator's command line has implementations of these."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.tenancy.entities import BucketKey, SiteCode, Tenant, TenantId


class TenantRegistry(Protocol):
    """The platform's list of tenants. Each write is durable when it returns."""

    async def find(self, slug: str) -> Tenant | None: ...

    async def list_all(self) -> Sequence[Tenant]:
        """All tenants by slug, whatever their state."""
        ...

    async def add(self, tenant: Tenant) -> None:
        """Raises SlugInUse or HostTaken."""
        ...

    async def set_hosts(self, tenant: Tenant) -> None:
        """Make the tenant's hosts those of *tenant*, with a line in the operator's audit and one in the site's log.
        Raises HostTaken."""
        ...

    async def activate(self, tenant: Tenant) -> None:
        """From provisioning to active, with a line in the operator's audit and one in the site's log; nothing when it
        is no longer provisioning.

        Lines and change are one transaction: whatever is killed in between, they are written exactly once.
        """
        ...

    async def has_bucket_key(self, tenant_id: TenantId) -> bool: ...

    async def keep_bucket_key(self, tenant_id: TenantId, key: BucketKey) -> None:
        """Keep it encrypted at rest, replacing an older one."""
        ...


class MigrationOutcome(StrEnum):
    MIGRATED = "migrated"
    CURRENT = "current"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationReport:
    """What became of one schema; *detail* says why it failed, or what else was done. *slug* is "platform" for the
    platform's own."""

    slug: str
    outcome: MigrationOutcome
    version: str | None
    detail: str = ""
    seconds: float = 0.0


class Damage(StrEnum):
    """What a dump that was restored without roles, or without all of its schemas, leaves behind."""

    NO_RIGHTS = "no_rights"
    NO_SCHEMA = "no_schema"


class Schemas(Protocol):
    """Schemas and database roles, by the owner's connection."""

    async def migrate_platform(self) -> MigrationReport:
        """Bring the platform's schema up to this release; what is current costs one query."""
        ...

    async def look_at_platform(self) -> MigrationReport:
        """Where the platform's schema stands: CURRENT, or FAILED with what is wrong. Changes and raises nothing."""
        ...

    async def create(self, tenant: Tenant) -> None:
        """Role, schema, grants and all tables at the newest version, in one transaction; nothing when it stands."""
        ...

    def migrate(self, tenants: Sequence[Tenant], *, jobs: int) -> AsyncIterator[MigrationReport]:
        """Bring each tenant's schema up to this release, *jobs* at a time, each in its own transaction with a lock
        timeout; where role or rights were lost, give them back. One that fails is reported and does not stop the
        others."""
        ...

    async def damaged(self, tenants: Sequence[Tenant]) -> Mapping[TenantId, Damage]:
        """Which of *tenants* cannot be served although their schemas were made once; one query."""
        ...

    @property
    def head(self) -> str:
        """The newest tenant migration that this release knows."""
        ...


class Buckets(Protocol):
    async def create(self, bucket: str) -> None:
        """Make the bucket; nothing when it stands. Raises Unavailable."""
        ...


class BucketKeys(Protocol):
    async def issue(self, bucket: str) -> BucketKey:
        """A key that opens *bucket* and, where the store can, no other. Issuing again replaces it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerInvitation:
    """*token* is None when the site has an owner who accepted."""

    email: str
    token: str | None


class SiteSeeds(Protocol):
    async def plant(self, tenant: Tenant, code: SiteCode, *, about_html: str) -> OwnerInvitation:
        """Write the site's first settings unless it has some, and invite its owner unless she accepted: a live
        invitation is kept, so that its link stays true. In the tenant's own schema and role, one transaction."""
        ...

    async def drift(self, tenant: Tenant, code: SiteCode) -> Sequence[str]:
        """Names of the settings in which the running site differs from *code*."""
        ...


class BucketKeyring(Protocol):
    async def get(self, tenant: Tenant) -> BucketKey:
        """The key of the tenant's bucket, from memory or with one query. Raises Unavailable."""
        ...
