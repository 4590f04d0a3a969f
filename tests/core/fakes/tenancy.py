from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace

from core.tenancy.entities import BucketKey, SiteCode, Tenant, TenantId, TenantState
from core.tenancy.errors import HostTaken, SlugInUse
from core.tenancy.storage import Damage, MigrationOutcome, MigrationReport, OwnerInvitation


class MemoryRegistry:
    def __init__(self, *tenants: Tenant) -> None:
        self.kept = {tenant.id: tenant for tenant in tenants}
        self.keys: dict[TenantId, BucketKey] = {}
        self.events: list[tuple[str, TenantId | None, dict[str, str]]] = []

    async def find(self, slug: str) -> Tenant | None:
        return next((tenant for tenant in self.kept.values() if tenant.slug == slug), None)

    async def list_all(self) -> Sequence[Tenant]:
        return sorted(self.kept.values(), key=lambda tenant: tenant.slug)

    async def add(self, tenant: Tenant) -> None:
        if await self.find(tenant.slug):
            raise SlugInUse(slug=tenant.slug)
        self._refuse_taken(tenant)
        self.kept[tenant.id] = tenant

    async def set_hosts(self, tenant: Tenant) -> None:
        self._refuse_taken(tenant)
        self.kept[tenant.id] = replace(self.kept[tenant.id], hosts=tenant.hosts)
        self.events.append(("tenant.hosts", tenant.id, {"hosts": " ".join(tenant.hosts)}))

    async def activate(self, tenant: Tenant) -> None:
        if self.kept[tenant.id].state is TenantState.PROVISIONING:
            self.kept[tenant.id] = self.kept[tenant.id].activate()
            self.events.append(("tenant.create", tenant.id, {"slug": tenant.slug}))

    async def has_bucket_key(self, tenant_id: TenantId) -> bool:
        return tenant_id in self.keys

    async def keep_bucket_key(self, tenant_id: TenantId, key: BucketKey) -> None:
        self.keys[tenant_id] = key

    def _refuse_taken(self, tenant: Tenant) -> None:
        taken = {host for other in self.kept.values() if other.id != tenant.id for host in other.hosts}
        for host in tenant.hosts:
            if host in taken:
                raise HostTaken(host=host)


class MemorySchemas:
    """*registry*, when given, learns the version, as the platform's table does."""

    head = "0002"

    def __init__(self, registry: MemoryRegistry | None = None) -> None:
        self.registry = registry
        self.created: list[str] = []
        self.failing: set[str] = set()

    async def migrate_platform(self) -> MigrationReport:
        outcome = MigrationOutcome.FAILED if "platform" in self.failing else MigrationOutcome.MIGRATED
        return MigrationReport(slug="platform", outcome=outcome, version="0001")

    async def look_at_platform(self) -> MigrationReport:
        outcome = MigrationOutcome.FAILED if "platform" in self.failing else MigrationOutcome.CURRENT
        return MigrationReport(slug="platform", outcome=outcome, version="0001")

    async def create(self, tenant: Tenant) -> None:
        if tenant.schema not in self.created:
            self.created.append(tenant.schema)
        self._note(tenant)

    async def migrate(self, tenants: Sequence[Tenant], *, jobs: int) -> AsyncIterator[MigrationReport]:
        for tenant in tenants:
            if tenant.slug in self.failing:
                outcome = MigrationOutcome.FAILED
            elif tenant.schema_version == self.head:
                outcome = MigrationOutcome.CURRENT
            else:
                outcome = MigrationOutcome.MIGRATED
                self._note(tenant)
            yield MigrationReport(slug=tenant.slug, outcome=outcome, version=self.head)

    async def damaged(self, tenants: Sequence[Tenant]) -> Mapping[TenantId, Damage]:
        return {}

    def _note(self, tenant: Tenant) -> None:
        if self.registry is not None:
            standing = self.registry.kept[tenant.id]
            self.registry.kept[tenant.id] = replace(standing, schema_version=self.head)


class MemoryBuckets:
    def __init__(self) -> None:
        self.kept: set[str] = set()

    async def create(self, bucket: str) -> None:
        self.kept.add(bucket)


class MemoryBucketKeys:
    """Each issue makes another secret, and only the last one opens the bucket."""

    def __init__(self) -> None:
        self.current: dict[str, BucketKey] = {}
        self.issued = 0

    async def issue(self, bucket: str) -> BucketKey:
        self.issued += 1
        self.current[bucket] = BucketKey(access_key=bucket, secret_key=f"secret {self.issued}")
        return self.current[bucket]


class MemorySeeds:
    def __init__(self) -> None:
        self.planted: dict[str, SiteCode] = {}
        self.about_html: dict[str, str] = {}
        self.accepted: set[str] = set()

    async def plant(self, tenant: Tenant, code: SiteCode, *, about_html: str) -> OwnerInvitation:
        self.planted.setdefault(tenant.slug, code)
        self.about_html.setdefault(tenant.slug, about_html)
        token = None if tenant.slug in self.accepted else f"invitation-to-{tenant.slug}"
        return OwnerInvitation(email=code.owner_email, token=token)

    async def drift(self, tenant: Tenant, code: SiteCode) -> Sequence[str]:
        running = self.planted.get(tenant.slug, code)
        return [name for name in ("title", "accent") if getattr(running, name) != getattr(code, name)]


class MemoryKeyring:
    def __init__(self, key: BucketKey) -> None:
        self.key = key

    async def get(self, tenant: Tenant) -> BucketKey:
        return self.key
