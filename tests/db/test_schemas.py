import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.tenancy.entities import Tenant, TenantState, new_tenant_id
from core.tenancy.storage import Damage, MigrationOutcome, MigrationReport
from db.engine import build_engine
from db.migrations import PLATFORM_VERSIONS, TENANT_VERSIONS, versions
from db.migrations.steps import config_of
from db.registry import SqlTenantRegistry
from db.schemas import SqlSchemas
from db.tenant_session import Binding, TenantSessions, bound
from tests.fixtures.database import APP_ROLE, Database, MakeTenant
from tests.fixtures.statements import statements


@pytest.fixture
async def newcomer(registry: SqlTenantRegistry, database: Database) -> Tenant:
    """Registered, and nothing more."""
    tenant_id = new_tenant_id()
    tenant = Tenant(
        id=tenant_id,
        slug=f"new-{tenant_id}",
        prefix=database.prefix,
        state=TenantState.PROVISIONING,
        hosts=(),
        created_at=datetime.now(UTC),
    )
    await registry.add(tenant)
    return tenant


async def tables_of(engine: AsyncEngine, tenant: Tenant) -> set[str]:
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
    async with bound(engine, Binding("platform")).connect() as connection:
        return set((await connection.execute(query, {"schema": tenant.schema})).scalars())


async def gathered(reports: AsyncIterator[MigrationReport]) -> dict[str, MigrationReport]:
    return {report.slug: report async for report in reports}


@pytest.mark.parametrize("history", ["platform", "tenant"])
def test_the_files_names_are_the_history(history: str) -> None:
    script = ScriptDirectory.from_config(config_of(history))
    walked = [revision.revision for revision in script.walk_revisions()]

    assert tuple(reversed(walked)) == versions(history)


async def test_a_current_platform_costs_one_query(schemas: SqlSchemas) -> None:
    report = await schemas.migrate_platform()

    assert (report.outcome, report.version) == (MigrationOutcome.CURRENT, PLATFORM_VERSIONS[-1])


async def test_many_who_migrate_a_new_platform_do_it_once(empty_database: str) -> None:
    engine = build_engine(empty_database)
    schemas = SqlSchemas(engine, app_role=APP_ROLE)

    reports = await asyncio.gather(*(schemas.migrate_platform() for _ in range(3)))
    await engine.dispose()

    outcomes = sorted(report.outcome for report in reports)
    assert outcomes == [MigrationOutcome.CURRENT, MigrationOutcome.CURRENT, MigrationOutcome.MIGRATED]


async def test_a_platform_that_cannot_be_made_is_reported(empty_database: str) -> None:
    engine = build_engine(empty_database)

    report = await SqlSchemas(engine, app_role="no_such_role").migrate_platform()
    await engine.dispose()

    assert (report.outcome, "no_such_role" in report.detail) == (MigrationOutcome.FAILED, True)


async def test_create_may_be_repeated(schemas: SqlSchemas, newcomer: Tenant, owner_engine: AsyncEngine) -> None:
    await schemas.create(newcomer)
    before = await tables_of(owner_engine, newcomer)
    await schemas.create(newcomer)

    assert "posts" in before
    assert await tables_of(owner_engine, newcomer) == before


async def test_create_finishes_what_others_left(
    schemas: SqlSchemas, newcomer: Tenant, owner_engine: AsyncEngine
) -> None:
    """After a restore the roles may be there already, and an empty schema."""
    async with bound(owner_engine, Binding("platform")).begin() as connection:
        await connection.execute(text(f'CREATE ROLE "{newcomer.role}" NOLOGIN'))
        await connection.execute(text(f'CREATE SCHEMA "{newcomer.schema}"'))

    await schemas.create(newcomer)

    assert "posts" in await tables_of(owner_engine, newcomer)


async def test_create_leaves_nothing_when_it_fails(database: Database, newcomer: Tenant) -> None:
    engine = build_engine(database.owner_url)
    with pytest.raises(Exception, match="no_such_role"):
        await SqlSchemas(engine, app_role="no_such_role").create(newcomer)
    tables = await tables_of(engine, newcomer)
    async with bound(engine, Binding("platform")).connect() as connection:
        role = await connection.scalar(text("SELECT to_regrole(:role)"), {"role": newcomer.role})
    await engine.dispose()

    assert (tables, role) == (set(), None)


async def test_twenty_creates_at_once_wait_for_their_turn(
    schemas: SqlSchemas, registry: SqlTenantRegistry, newcomer: Tenant
) -> None:
    others = [replace(newcomer, id=new_tenant_id(), slug=f"{newcomer.slug}-{number}") for number in range(20)]
    await asyncio.gather(*(registry.add(tenant) for tenant in others))

    await asyncio.gather(*(schemas.create(tenant) for tenant in others))

    assert {(await registry.find(t.slug) or t).schema_version for t in others} == {schemas.head}


async def test_what_is_current_costs_one_query_for_all(
    schemas: SqlSchemas, owner_engine: AsyncEngine, tenant_factory: MakeTenant
) -> None:
    current = [await tenant_factory() for _ in range(3)]
    newer = replace(await tenant_factory(), schema_version="9999")

    with statements(owner_engine) as sent:
        reports = await gathered(schemas.migrate([*current, newer], jobs=2))

    assert {report.outcome for report in reports.values()} == {MigrationOutcome.CURRENT}
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) == 1


async def test_what_a_dump_without_roles_left_behind_is_given_back(
    schemas: SqlSchemas, database: Database, tenant_factory: MakeTenant, sessions: TenantSessions
) -> None:
    robbed, other = await tenant_factory(), await tenant_factory()
    with psycopg.connect(database.superuser_url) as superuser:
        role = sql.Identifier(robbed.role)
        superuser.execute(sql.SQL("DROP OWNED BY {}").format(role))
        superuser.execute(sql.SQL("DROP ROLE {}").format(role))
    assert await schemas.damaged([robbed, other]) == {robbed.id: Damage.NO_RIGHTS}

    reports = await gathered(schemas.migrate([robbed, other], jobs=1))

    assert (reports[robbed.slug].outcome, reports[robbed.slug].detail) == (MigrationOutcome.MIGRATED, "rights restored")
    assert reports[other.slug].outcome is MigrationOutcome.CURRENT
    assert await schemas.damaged([robbed]) == {}
    await test_the_tenants_role_reads_and_writes_rows_and_nothing_else(robbed, sessions)
    async with sessions.open(robbed) as session:
        await session.execute(text("UPDATE site_settings SET title = 'Back'"))


async def test_a_schema_that_is_gone_is_told_and_not_made_anew(
    schemas: SqlSchemas, owner_engine: AsyncEngine, tenant_factory: MakeTenant
) -> None:
    lost = await tenant_factory()
    async with bound(owner_engine, Binding(lost.schema)).begin() as connection:
        await connection.execute(text(f"DROP SCHEMA {lost.schema} CASCADE"))

    report = (await gathered(schemas.migrate([lost], jobs=1)))[lost.slug]

    assert await schemas.damaged([lost]) == {lost.id: Damage.NO_SCHEMA}
    assert report.outcome is MigrationOutcome.FAILED
    assert "restore it from a dump" in report.detail


async def test_a_platform_that_the_application_cannot_read_is_opened_to_it(
    schemas: SqlSchemas, owner_engine: AsyncEngine
) -> None:
    async with bound(owner_engine, Binding("platform")).begin() as connection:
        await connection.execute(text(f"REVOKE ALL ON SCHEMA platform FROM {APP_ROLE}"))
        await connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA platform FROM {APP_ROLE}"))

    await schemas.migrate_platform()

    async with bound(owner_engine, Binding("platform")).connect() as connection:
        allowed = text("SELECT has_table_privilege(:app, 'platform.hostnames', 'SELECT')")
        assert await connection.scalar(allowed, {"app": APP_ROLE})


async def test_a_schema_is_brought_up_and_the_others_too_when_one_fails(
    schemas: SqlSchemas, newcomer: Tenant, registry: SqlTenantRegistry
) -> None:
    ghost = replace(newcomer, id=new_tenant_id(), slug="ghost", schema_version=None)

    reports = await gathered(schemas.migrate([ghost, newcomer], jobs=2))

    assert reports["ghost"].outcome is MigrationOutcome.FAILED
    assert reports["ghost"].detail
    assert reports[newcomer.slug].outcome is MigrationOutcome.MIGRATED
    found = await registry.find(newcomer.slug)
    assert found is not None
    assert found.schema_version == TENANT_VERSIONS[-1]


async def test_a_locked_schema_is_reported_within_the_lock_timeout(
    schemas: SqlSchemas, newcomer: Tenant, owner_engine: AsyncEngine
) -> None:
    lock = text("SELECT FROM platform.tenants WHERE id = :id FOR UPDATE")
    async with bound(owner_engine, Binding("platform")).begin() as connection:
        await connection.execute(lock, {"id": newcomer.id})
        reports = await asyncio.wait_for(gathered(schemas.migrate([newcomer], jobs=1)), 10)
    again = await gathered(schemas.migrate([newcomer], jobs=1))

    assert "lock timeout" in reports[newcomer.slug].detail
    assert again[newcomer.slug].outcome is MigrationOutcome.MIGRATED


async def test_two_runs_at_once_migrate_a_schema_once(schemas: SqlSchemas, newcomer: Tenant) -> None:
    runs = await asyncio.gather(*(gathered(schemas.migrate([newcomer], jobs=1)) for _ in range(2)))

    outcomes = sorted(run[newcomer.slug].outcome for run in runs)
    assert outcomes == [MigrationOutcome.CURRENT, MigrationOutcome.MIGRATED]


async def test_a_run_that_is_left_in_the_middle_leaves_whole_schemas(
    tenant_factory: MakeTenant, schemas: SqlSchemas, registry: SqlTenantRegistry, newcomer: Tenant
) -> None:
    others = [replace(newcomer, id=new_tenant_id(), slug=f"{newcomer.slug}-{number}") for number in range(6)]
    for tenant in others:
        await registry.add(tenant)
    async for _ in schemas.migrate(others, jobs=2):
        break

    resumed = await gathered(schemas.migrate([await registry.find(t.slug) or t for t in others], jobs=2))

    assert MigrationOutcome.FAILED not in {report.outcome for report in resumed.values()}
    assert {(await registry.find(t.slug) or t).schema_version for t in others} == {schemas.head}


async def test_the_tenants_role_reads_and_writes_rows_and_nothing_else(anna: Tenant, sessions: TenantSessions) -> None:
    forbidden = ("SELECT * FROM alembic_version", "CREATE TABLE x (a int)", "DROP TABLE posts", "TRUNCATE posts")
    for statement in forbidden:
        async with sessions.open(anna) as session:
            with pytest.raises(Exception, match=r"permission denied|must be owner"):
                await session.execute(text(statement))
