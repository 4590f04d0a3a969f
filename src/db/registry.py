from collections.abc import Sequence

from sqlalchemy import Insert, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.access import Action
from core.audit import AuditEvent, AuditOutcome, Facts, new_audit_event_id
from core.identity import OPERATOR
from core.secrets import SecretBox
from core.tenancy.entities import BucketKey, Tenant, TenantId, TenantState
from db.audit import AuditEventRow, added
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
            of_tenant = HostnameRow.tenant_id == tenant.id
            before = await session.scalars(select(HostnameRow.hostname).where(of_tenant).order_by(HostnameRow.position))
            was, became = " ".join(before), " ".join(tenant.hosts)
            await session.execute(delete(HostnameRow).where(of_tenant))
            await self._write_hosts(session, tenant)
            await session.execute(_line("tenant.hosts", tenant, hosts=became))
            await _tell_site(session, tenant, Action.APPLY_SITE, before={"hosts": was}, after={"hosts": became})
            await session.commit()

    async def activate(self, tenant: Tenant) -> None:
        row = TenantOfPlatformRow
        waiting = update(row).where(row.id == tenant.id, row.state == TenantState.PROVISIONING)
        async with self._sessions.open() as session:
            if await session.scalar(waiting.values(state=TenantState.ACTIVE).returning(row.id)) is not None:
                await session.execute(_line("tenant.create", tenant, slug=tenant.slug))
                told = {"hosts": " ".join(tenant.hosts)}
                await _tell_site(session, tenant, Action.CREATE_TENANT, before={}, after=told)
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


async def _tell_site(session: AsyncSession, tenant: Tenant, action: Action, *, before: Facts, after: Facts) -> None:
    """In the site's own log, where it has one by now."""
    log = func.to_regclass(f"{tenant.schema}.{AuditEventRow.__tablename__}").is_not(None)
    now, has_log = (await session.execute(select(func.now(), log))).one()
    if not has_log:
        return
    event = AuditEvent(
        id=new_audit_event_id(),
        at=now,
        action=action,
        outcome=AuditOutcome.DONE,
        actor_id=None,
        actor_name=OPERATOR.name,
        role=OPERATOR.role,
        subject=tenant.slug,
        label=tenant.slug,
        before=before,
        after=after,
    )
    await session.execute(added(event), execution_options={"schema_translate_map": {None: tenant.schema}})


def _line(event: str, tenant: Tenant, **details: str) -> Insert:
    """Of the operator's audit."""
    return insert(OperatorEventRow).values(event=event, tenant_id=tenant.id, details=details)
