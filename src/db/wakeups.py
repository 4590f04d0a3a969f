"""When which site has work that is due: claimed by one runner at a time, whichever node it is on."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from core.tasks import Task, TaskKind
from core.tenancy.entities import Tenant, TenantId, TenantState
from db.base import PlatformRow
from db.directory import with_local_host
from db.migrations import TENANT_VERSIONS
from db.platform import TenantOfPlatformRow, tenant_of, tenants_with_hosts
from db.tasks import SqlTaskStorage
from db.tenant_session import PLATFORM, Binding, PlatformSessions, TenantSessions, bound

WAKEUP = "wakeup"


class WakeupRow(PlatformRow):
    """Written by the sites' own `wake` functions only, and taken away by `claim_wakeup`."""

    __tablename__ = "wakeups"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    tenant_id: Mapped[str]
    kind: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (Index("ix_wakeups_tenant_id_kind", "tenant_id", "kind"),)


_CLAIM = text("SELECT claimed_tenant, claimed_kind FROM claim_wakeup(:kinds, :shunned, :outdated, :now)").bindparams(
    *(bindparam(name, type_=ARRAY(Text)) for name in ("kinds", "shunned", "outdated"))
)
_STILL_HERE = text("SELECT 1")
_WAKE = text("SELECT wake(:kind, :due_at)")


class SqlClaim:
    """An open transaction: when it ends without `settle`, however that comes, the work is for others to claim."""

    def __init__(self, connection: AsyncConnection, tenant: Tenant, kind: TaskKind) -> None:
        self._connection = connection
        self.tenant = tenant
        self.kind = kind

    async def keep(self) -> None:
        await self._connection.execute(_STILL_HERE)

    async def settle(self) -> None:
        try:
            await self._connection.commit()
        finally:
            await self._connection.close()

    async def drop(self) -> None:
        await self._connection.close()


class SqlWakeups:
    """*outdated* are the versions of a site's schema that this release cannot work with."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        prefix: str,
        local_hosts: bool,
        known_versions: Sequence[str] = TENANT_VERSIONS,
    ) -> None:
        self._engine = bound(engine, Binding(PLATFORM))
        self._sessions = PlatformSessions(engine)
        self._prefix = prefix
        self._local_hosts = local_hosts
        self._outdated = list(known_versions[:-1])

    async def claim(
        self, kinds: Collection[TaskKind], *, now: datetime, without: Collection[TenantId] = ()
    ) -> SqlClaim | None:
        connection = await self._engine.connect()
        try:
            sites = {"shunned": list(without), "outdated": self._outdated}
            wanted = {"kinds": [kind.value for kind in kinds], "now": now, **sites}
            found = (await connection.execute(_CLAIM, wanted)).one_or_none()
            if found is not None:
                return SqlClaim(connection, await self._tenant(connection, found[0]), TaskKind(found[1]))
        except BaseException:
            await connection.close()
            raise
        await connection.close()
        return None

    async def next_due(self, kinds: Collection[TaskKind], *, now: datetime) -> datetime | None:
        row, tenant = WakeupRow, TenantOfPlatformRow
        served = (tenant.state == TenantState.ACTIVE, tenant.schema_version.not_in(self._outdated))
        waiting = (row.due_at > now, row.kind.in_([kind.value for kind in kinds]))
        query = select(func.min(row.due_at)).join(tenant, tenant.id == row.tenant_id).where(*served, *waiting)
        async with self._sessions.open() as session:
            due: datetime | None = await session.scalar(query)
        return due

    async def _tenant(self, connection: AsyncConnection, tenant_id: str) -> Tenant:
        found = await connection.execute(tenants_with_hosts().where(TenantOfPlatformRow.id == tenant_id))
        tenant = tenant_of(found.mappings().one(), prefix=self._prefix)
        return with_local_host(tenant) if self._local_hosts else tenant


class SqlTaskQueues:
    """The queues of all sites; each call is a short transaction of its own."""

    def __init__(self, sessions: TenantSessions) -> None:
        self._sessions = sessions

    async def begin(self, tenant: Tenant, kind: TaskKind, *, now: datetime) -> Task | None:
        async with self._sessions.open_short(tenant) as session:
            task = await SqlTaskStorage(session).begin(kind, now=now)
            await session.commit()
        return task

    async def postpone(self, tenant: Tenant, task: Task, *, error: str, due_at: datetime | None) -> None:
        async with self._sessions.open_short(tenant) as session:
            await SqlTaskStorage(session).postpone(task, error=error, due_at=due_at)
            await session.commit()

    async def wake(self, tenant: Tenant, kind: TaskKind, *, due_at: datetime) -> None:
        async with self._sessions.open_short(tenant) as session:
            await session.execute(_WAKE, {"kind": kind.value, "due_at": due_at})
            await session.commit()
