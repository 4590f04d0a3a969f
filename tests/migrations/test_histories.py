"""Up, down and up again, each step; and what the models say is what the migrations make."""

from collections.abc import AsyncIterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.tenancy.entities import Tenant
from db.migrations import versions
from db.migrations.steps import config_of, step_sql
from db.tables import PLATFORM_TABLES, TABLE_BUDGET, TENANT_TABLES
from db.tenant_session import Binding, bound

SCRATCH = "migration_scratch"
HISTORIES = {"platform": PLATFORM_TABLES, "tenant": TENANT_TABLES}


@pytest.fixture
async def scratch(owner_engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """An empty schema; what happens in it is rolled back."""
    async with bound(owner_engine, Binding(SCRATCH)).connect() as connection:
        await connection.execute(text(f"CREATE SCHEMA {SCRATCH}"))
        yield connection
        await connection.rollback()


def step(connection: Connection, history: str, direction: str, to: str) -> None:
    config = config_of(history)
    config.attributes["connection"] = connection
    {"up": command.upgrade, "down": command.downgrade}[direction](config, to)


def objects(connection: Connection) -> list[tuple[str, ...]]:
    """Everything in the schema, the version table aside: a step down must leave nothing of its step up."""
    query = """
        SELECT 'table', relname, relkind::text, relpersistence::text FROM pg_class
            WHERE relnamespace = to_regnamespace(:schema) AND relname NOT LIKE 'alembic_version%'
        UNION ALL SELECT 'function', proname, '', '' FROM pg_proc WHERE pronamespace = to_regnamespace(:schema)
        UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text, '' FROM pg_trigger
            JOIN pg_class ON pg_class.oid = tgrelid
            WHERE relnamespace = to_regnamespace(:schema) AND NOT tgisinternal
        UNION ALL SELECT 'column', attrelid::regclass::text, attname, atttypid::regtype::text FROM pg_attribute
            JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = to_regnamespace(:schema) AND attnum > 0 AND NOT attisdropped
              AND relname NOT LIKE 'alembic_version%'
        ORDER BY 1, 2, 3, 4
    """
    return [tuple(row) for row in connection.execute(text(query), {"schema": SCRATCH})]


@pytest.mark.parametrize("history", HISTORIES)
async def test_each_step_goes_up_down_and_up(scratch: AsyncConnection, history: str) -> None:
    def walk(connection: Connection) -> None:
        for version in versions(history):
            before = objects(connection)
            step(connection, history, "up", version)
            after = objects(connection)
            step(connection, history, "down", "-1")
            assert objects(connection) == before
            step(connection, history, "up", version)
            assert objects(connection) == after

    await scratch.run_sync(walk)


@pytest.mark.parametrize("history", HISTORIES)
async def test_the_generated_sql_does_what_the_steps_do(scratch: AsyncConnection, history: str) -> None:
    head = versions(history)[-1]

    def by_steps(connection: Connection) -> list[tuple[str, ...]]:
        step(connection, history, "up", head)
        return objects(connection)

    stepped = await scratch.run_sync(by_steps)
    await scratch.execute(text(f"DROP SCHEMA {SCRATCH} CASCADE"))
    await scratch.execute(text(f"CREATE SCHEMA {SCRATCH}"))
    sql = step_sql(history, None, head)
    await scratch.exec_driver_sql(sql, execution_options={"no_parameters": True})

    assert await scratch.run_sync(objects) == stepped
    assert await scratch.scalar(text("SELECT version_num FROM alembic_version")) == head


@pytest.mark.parametrize(("history", "tables"), HISTORIES.items())
async def test_the_models_say_what_the_migrations_make(
    scratch: AsyncConnection, history: str, tables: MetaData
) -> None:
    def differences(connection: Connection) -> object:
        step(connection, history, "up", "head")
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), tables)

    assert await scratch.run_sync(differences) == []


async def test_the_counters_of_limits_are_unlogged(scratch: AsyncConnection) -> None:
    def unlogged(connection: Connection) -> set[str]:
        step(connection, "tenant", "up", "head")
        return {name for kind, name, what, how in objects(connection) if (kind, what, how) == ("table", "r", "u")}

    assert await scratch.run_sync(unlogged) == {"rate_limits"}


async def test_tables_stay_within_their_budget(anna: Tenant, owner_engine: AsyncEngine) -> None:
    async with bound(owner_engine, Binding(anna.schema)).connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names(schema=anna.schema))

    assert len(tables) <= TABLE_BUDGET


def test_no_migration_of_a_tenant_names_a_schema() -> None:
    sql = step_sql("tenant", None, versions("tenant")[-1])

    assert not [line for line in sql.splitlines() if "CREATE" in line and "." in line.split("(")[0]]
