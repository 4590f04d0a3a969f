import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from time import perf_counter

from psycopg.errors import UndefinedTable
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import TerraceError
from core.tenancy.entities import Tenant, TenantId
from core.tenancy.storage import Damage, MigrationOutcome, MigrationReport
from db.engine import pool_size
from db.failures import reason
from db.grants import DAMAGED, PLATFORM_STATE, lost_grants, platform_grants, tenant_grants
from db.migrations import PLATFORM_VERSIONS, TENANT_VERSIONS
from db.tenant_session import PLATFORM, Binding, bound, quoted

_LOCK_TIMEOUT = "SET LOCAL lock_timeout = '4s'; SET LOCAL statement_timeout = 0;"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('terrace platform migration'))")
_HAS_PLATFORM = text("SELECT to_regclass('platform.alembic_version') IS NOT NULL")
_PLATFORM_VERSION = text("SELECT version_num FROM platform.alembic_version")
_TENANT_VERSION = text("SELECT schema_version FROM platform.tenants WHERE id = :id FOR UPDATE")
_NOTE_VERSION = text("UPDATE platform.tenants SET schema_version = :version WHERE id = :id")


class SchemaLost(SQLAlchemyError):
    """The platform speaks of a schema that is not there."""


class SqlSchemas:
    """By the owner's connection. *app_role* is the role that the server connects as."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        app_role: str,
        platform_versions: Sequence[str] = PLATFORM_VERSIONS,
        tenant_versions: Sequence[str] = TENANT_VERSIONS,
    ) -> None:
        self._engine = engine
        self._app_role = app_role
        self._platform_versions = platform_versions
        self._tenant_versions = tenant_versions
        # Waiting here has no time limit, waiting for the pool has.
        self._slots = asyncio.Semaphore(pool_size(engine))

    @property
    def head(self) -> str:
        return self._tenant_versions[-1]

    async def migrate_platform(self) -> MigrationReport:
        began = perf_counter()
        try:
            version, is_readable = await self._platform_state()
            if _is_current(version, self._platform_versions) and is_readable:
                return _report(PLATFORM, MigrationOutcome.CURRENT, version)
            version, is_migrated = await self._bring_platform()
        except (TerraceError, SQLAlchemyError) as error:
            return _report(PLATFORM, MigrationOutcome.FAILED, None, reason(error), began)
        outcome = MigrationOutcome.MIGRATED if is_migrated else MigrationOutcome.CURRENT
        return _report(PLATFORM, outcome, version, began=began)

    async def look_at_platform(self) -> MigrationReport:
        try:
            version, is_readable = await self._platform_state()
        except (TerraceError, SQLAlchemyError) as error:
            return _report(PLATFORM, MigrationOutcome.FAILED, None, reason(error))
        if not _is_current(version, self._platform_versions):
            return _report(
                PLATFORM,
                MigrationOutcome.FAILED,
                version,
                f"its schema stands at {version}" if version else "its schema is not made",
            )
        if not is_readable:
            told = f"the role {self._app_role} may not read it"
            return _report(PLATFORM, MigrationOutcome.FAILED, version, told)
        return _report(PLATFORM, MigrationOutcome.CURRENT, version)

    async def create(self, tenant: Tenant) -> None:
        await self._bring(tenant)

    async def migrate(self, tenants: Sequence[Tenant], *, jobs: int) -> AsyncIterator[MigrationReport]:
        outdated, damaged = [], await self.damaged(tenants)
        for tenant in tenants:
            if _is_current(tenant.schema_version, self._tenant_versions) and tenant.id not in damaged:
                yield _report(tenant.slug, MigrationOutcome.CURRENT, tenant.schema_version)
            else:
                outdated.append(tenant)
        reports: asyncio.Queue[MigrationReport] = asyncio.Queue()
        waiting = iter(outdated)
        workers = [asyncio.create_task(self._work(waiting, damaged, reports)) for _ in range(min(jobs, len(outdated)))]
        try:
            for _ in outdated:
                yield await reports.get()
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(
        self, waiting: Iterator[Tenant], damaged: Mapping[TenantId, Damage], reports: asyncio.Queue[MigrationReport]
    ) -> None:
        for tenant in waiting:
            began = perf_counter()
            try:
                if tenant.id in damaged:
                    await self._give_back(tenant, damaged[tenant.id])
                version, is_migrated = await self._bring(tenant)
            except (TerraceError, SQLAlchemyError) as error:
                report = _report(tenant.slug, MigrationOutcome.FAILED, tenant.schema_version, reason(error), began)
            else:
                told = "rights restored" if tenant.id in damaged else ""
                outcome = MigrationOutcome.MIGRATED if is_migrated or told else MigrationOutcome.CURRENT
                report = _report(tenant.slug, outcome, version, told, began)
            reports.put_nowait(report)

    async def damaged(self, tenants: Sequence[Tenant]) -> Mapping[TenantId, Damage]:
        made = {tenant.schema: tenant.id for tenant in tenants if tenant.schema_version is not None}
        async with bound(self._engine, Binding(PLATFORM)).connect() as connection:
            found = (await connection.execute(DAMAGED, {"schemas": list(made), "app": self._app_role})).all()
        return {made[schema]: Damage.NO_SCHEMA if is_gone else Damage.NO_RIGHTS for schema, is_gone in found}

    async def _give_back(self, tenant: Tenant, damage: Damage) -> None:
        """Role and rights that a restored dump has not."""
        if damage is Damage.NO_SCHEMA:
            raise SchemaLost(f"the schema {tenant.schema} is gone: restore it from a dump")
        async with self._slots, bound(self._engine, Binding(tenant.schema)).begin() as connection:
            await _send(connection, _LOCK_TIMEOUT, lost_grants(tenant, self._app_role))

    async def _platform_state(self) -> tuple[str | None, bool]:
        """Its version, and whether the application may read it."""
        try:
            async with bound(self._engine, Binding(PLATFORM)).connect() as connection:
                version, is_readable = (await connection.execute(PLATFORM_STATE, {"app": self._app_role})).one()
                return version, is_readable
        except ProgrammingError as error:
            if isinstance(error.orig, UndefinedTable):
                return None, False
            raise

    async def _bring_platform(self) -> tuple[str | None, bool]:
        """To the newest version; several who try wait for each other and find it done."""
        async with bound(self._engine, Binding(PLATFORM)).begin() as connection:
            await connection.execute(_ONE_AT_A_TIME)
            is_made = await connection.scalar(_HAS_PLATFORM)
            version = await connection.scalar(_PLATFORM_VERSION) if is_made else None
            if _is_current(version, self._platform_versions):
                await _send(connection, platform_grants(self._app_role))
                return version, False
            head = self._platform_versions[-1]
            schema = f"{_LOCK_TIMEOUT} CREATE SCHEMA IF NOT EXISTS {PLATFORM};"
            await _send(connection, schema, await _sql("platform", version, head), platform_grants(self._app_role))
        return head, True

    async def _bring(self, tenant: Tenant) -> tuple[str, bool]:
        """The tenant's schema from nothing or where it stands to the newest version, in one transaction."""
        async with self._slots, bound(self._engine, Binding(tenant.schema)).begin() as connection:
            version = (await connection.execute(_TENANT_VERSION, {"id": tenant.id})).scalar_one()
            if _is_current(version, self._tenant_versions):
                return version, False
            beginning, end = _LOCK_TIMEOUT, ""
            if version is None:
                beginning += tenant_grants(tenant, self._app_role)
                end = f"REVOKE ALL ON alembic_version FROM {quoted(tenant.role)}"
            await _send(connection, beginning, await _sql("tenant", version, self.head), end)
            await connection.execute(_NOTE_VERSION, {"version": self.head, "id": tenant.id})
        return self.head, True


def _is_current(version: str | None, known: Sequence[str]) -> bool:
    """A version that this release does not know was made by a newer one: nothing to do for us."""
    return version is not None and version not in known[:-1]


async def _sql(history: str, start: str | None, end: str) -> str:
    from db.migrations.steps import step_sql  # Alembic is slow to import, and where all is current nobody needs it

    return await asyncio.to_thread(step_sql, history, start, end)


async def _send(connection: AsyncConnection, *scripts: str) -> None:
    """As one message without parameters: nothing in it is taken for a placeholder."""
    await connection.exec_driver_sql("\n".join(scripts), execution_options={"no_parameters": True})


def _report(
    slug: str, outcome: MigrationOutcome, version: str | None, detail: str = "", began: float | None = None
) -> MigrationReport:
    seconds = 0.0 if began is None else perf_counter() - began
    return MigrationReport(slug=slug, outcome=outcome, version=version, detail=detail, seconds=seconds)
