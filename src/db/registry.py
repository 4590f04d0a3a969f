from collections.abc import Sequence

from sqlalchemy import Insert, delete, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.secrets import SecretBox
from core.tenancy.entities import BucketKey, Tenant, TenantId, TenantState
from db.platform import (
    BucketKeyRow,
    HostnameRow,
    OperatorEventRow,
    TenantOfPlatformRow,
    tenant_of,
    tenants_with_hosts,
)
from db.tenant_session import PlatformSessions


class SqlTenantRegistry:
    """By the owner's connection; each call is a transaction of its own."""

    def __init__(self, engine: AsyncEngine, *, prefix: str, box: SecretBox) -> None:
        self._sessions = PlatformSessions(engine)
        self.prefix = prefix
        self._box = box

    async def find(self, slug: str) -> Tenant | None:
        async with self._sessions.open() as session:
            found = await session.execute(tenants_with_hosts().where(TenantOfPlatformRow.slug == slug))
            row = found.mappings().one_or_none()
        return tenant_of(row, prefix=self.prefix) if row else None

    async def list_all(self) -> Sequence[Tenant]:
        async with self._sessions.open() as session:
            found = await session.execute(tenants_with_hosts())
        return [tenant_of(row, prefix=self.prefix) for row in found.mappings()]

    async def add(self, tenant: Tenant) -> None:
        values = {name: getattr(tenant, name) for name in ("id", "slug", "state", "created_at", "schema_version")}
        async with self._sessions.open() as session:
            await session.execute(insert(TenantOfPlatformRow).values(values))
            await self._write_hosts(session, tenant)
            await session.commit()

    async def set_hosts(self, tenant: Tenant) -> None:
        async with self._sessions.open() as session:
            is_tenant = TenantOfPlatformRow.id == tenant.id
            await session.execute(select(TenantOfPlatformRow.id).where(is_tenant).with_for_update())
            await session.execute(delete(HostnameRow).where(HostnameRow.tenant_id == tenant.id))
            await self._write_hosts(session, tenant)
            await session.execute(_line("tenant.hosts", tenant, hosts=" ".join(tenant.hosts)))
            await session.commit()

    async def activate(self, tenant: Tenant) -> None:
        row = TenantOfPlatformRow
        waiting = update(row).where(row.id == tenant.id, row.state == TenantState.PROVISIONING)
        async with self._sessions.open() as session:
            if await session.scalar(waiting.values(state=TenantState.ACTIVE).returning(row.id)) is not None:
                await session.execute(_line("tenant.create", tenant, slug=tenant.slug))
            await session.commit()

    async def has_bucket_key(self, tenant_id: TenantId) -> bool:
        async with self._sessions.open() as session:
            return bool(await session.scalar(select(exists().where(BucketKeyRow.tenant_id == tenant_id))))

    async def keep_bucket_key(self, tenant_id: TenantId, key: BucketKey) -> None:
        values = {"access_key": key.access_key, "sealed_secret": self._box.seal(key.secret_key)}
        keeping = insert_or(BucketKeyRow).values(tenant_id=tenant_id, **values)
        async with self._sessions.open() as session:
            await session.execute(keeping.on_conflict_do_update(index_elements=["tenant_id"], set_=values))
            await session.commit()

    async def _write_hosts(self, session: AsyncSession, tenant: Tenant) -> None:
        rows = [
            {"hostname": host, "tenant_id": tenant.id, "position": position}
            for position, host in enumerate(tenant.hosts)
        ]
        if rows:
            await session.execute(insert(HostnameRow).values(rows))


def _line(event: str, tenant: Tenant, **details: str) -> Insert:
    """Of the operator's audit."""
    return insert(OperatorEventRow).values(event=event, tenant_id=tenant.id, details=details)
