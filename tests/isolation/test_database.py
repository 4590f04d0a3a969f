"""What one site's role, and the application's own, can reach in PostgreSQL, asked of PostgreSQL itself."""

import re
from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg import errors, sql

from bench.mixed_requests import mixed_requests
from core.tenancy.entities import Tenant
from db.engine import build_engine
from db.tables import PLATFORM_TABLES, TENANT_TABLES
from db.tenant_session import TenantSessions
from tests.fixtures.database import Database

TABLES = [*sorted(TENANT_TABLES.tables), "alembic_version"]
REFUSED = (errors.InsufficientPrivilege,)


@pytest.fixture
async def app(database: Database, two_sites: tuple[Tenant, Tenant]) -> AsyncIterator[psycopg.AsyncConnection]:
    """What an operator has who opens psql with the application's address."""
    async with await psycopg.AsyncConnection.connect(database.app_url, autocommit=True) as connection:
        yield connection


async def become(connection: psycopg.AsyncConnection, tenant: Tenant) -> None:
    await connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(tenant.role)))
    await connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(tenant.schema)))


async def refuses(connection: psycopg.AsyncConnection, statement: str, *names: str) -> None:
    with pytest.raises(REFUSED):
        await connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


async def test_without_a_tenants_role_no_table_has_a_name(app: psycopg.AsyncConnection) -> None:
    for table in sorted(TENANT_TABLES.tables):
        with pytest.raises(errors.UndefinedTable):
            await app.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))


async def test_without_a_tenants_role_no_table_can_be_read_or_written(
    app: psycopg.AsyncConnection, anna: Tenant, boris: Tenant
) -> None:
    for tenant in (anna, boris):
        for table in TABLES:
            await refuses(app, "SELECT * FROM {}.{}", tenant.schema, table)
            await refuses(app, "DELETE FROM {}.{}", tenant.schema, table)


async def test_one_tenants_role_reaches_nothing_of_another(
    app: psycopg.AsyncConnection, anna: Tenant, boris: Tenant
) -> None:
    await become(app, anna)
    await app.execute("SELECT count(*) FROM posts")
    for table in TABLES:
        await refuses(app, "SELECT * FROM {}.{}", boris.schema, table)
        await refuses(app, "INSERT INTO {}.{} DEFAULT VALUES", boris.schema, table)
        await refuses(app, "DELETE FROM {}.{}", boris.schema, table)
        await refuses(app, "TRUNCATE {}.{}", boris.schema, table)
    await app.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(boris.schema)))
    with pytest.raises(errors.UndefinedTable):
        await app.execute("SELECT * FROM posts")


async def test_a_tenants_role_reads_nothing_of_the_platform(app: psycopg.AsyncConnection, anna: Tenant) -> None:
    await become(app, anna)
    for table in sorted(PLATFORM_TABLES.tables):
        await refuses(app, "SELECT * FROM platform.{}", table)


async def test_the_application_only_reads_the_platform(app: psycopg.AsyncConnection) -> None:
    for table in [*sorted(PLATFORM_TABLES.tables), "alembic_version"]:
        await app.execute(sql.SQL("SELECT * FROM platform.{}").format(sql.Identifier(table)))
        await refuses(app, "INSERT INTO platform.{} DEFAULT VALUES", table)
        await refuses(app, "DELETE FROM platform.{}", table)
        await refuses(app, "TRUNCATE platform.{}", table)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE posts (id text)",
        "CREATE TEMPORARY VIEW posts AS SELECT 1",
        "CREATE TEMPORARY SEQUENCE s",
        "CREATE SCHEMA mine",
        "CREATE TABLE public.posts (id text)",
        "CREATE TABLE posts2 (id text)",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION citext SCHEMA public",
        "SET ROLE terrace_owner",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION terrace_owner",
        "CREATE ROLE mine",
        "GRANT terrace_owner TO terrace_app",
        "ALTER ROLE terrace_app SUPERUSER",
        "ALTER ROLE terrace_app INHERIT",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
    ],
)
async def test_neither_role_can_make_or_become_anything(
    app: psycopg.AsyncConnection, anna: Tenant, statement: str
) -> None:
    with pytest.raises((*REFUSED, errors.InvalidSchemaName)):
        await app.execute(statement)
    await become(app, anna)
    with pytest.raises(REFUSED):
        await app.execute(statement)


async def test_a_tenants_role_cannot_change_its_own_tables(app: psycopg.AsyncConnection, anna: Tenant) -> None:
    await become(app, anna)
    for table in TABLES:
        await refuses(app, "ALTER TABLE {} ADD COLUMN x int", table)
        await refuses(app, "DROP TABLE {}", table)
        await refuses(app, "CREATE TRIGGER t AFTER INSERT ON {} EXECUTE FUNCTION tell_profile()", table)
    await refuses(app, "SELECT * FROM alembic_version")


async def test_nobody_signs_in_as_a_tenant(app: psycopg.AsyncConnection, anna: Tenant) -> None:
    cursor = await app.execute(
        "SELECT rolcanlogin, rolsuper, rolinherit, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname = %s",
        [anna.role],
    )
    can_login, *powers = (await cursor.fetchone()) or (True,)

    assert can_login is False
    assert powers == [False, True, False, False, False]


async def test_names_that_all_can_see_tell_nothing(app: psycopg.AsyncConnection, database: Database) -> None:
    cursor = await app.execute("SELECT nspname FROM pg_namespace UNION SELECT rolname FROM pg_roles")
    names = [name for (name,) in await cursor.fetchall() if name.startswith(f"{database.prefix}_")]

    assert names
    assert [name for name in names if not re.fullmatch(rf"{database.prefix}_[a-z2-7]{{16}}", name)] == []


async def test_a_site_rings_for_itself_only(
    app: psycopg.AsyncConnection, anna: Tenant, boris: Tenant, database: Database
) -> None:
    ring = "SELECT {}.wake('isolation', '2026-05-04 12:00Z')"
    await refuses(app, ring, anna.schema)
    await become(app, anna)
    await refuses(app, ring, boris.schema)
    await refuses(app, "INSERT INTO platform.wakeups (tenant_id, kind, due_at) VALUES ('x', 'isolation', now())")
    await app.execute("SELECT wake('isolation', '2026-05-04 12:00Z')")
    async with await psycopg.AsyncConnection.connect(database.superuser_url) as superuser:
        cursor = await superuser.execute("DELETE FROM platform.wakeups WHERE kind = 'isolation' RETURNING tenant_id")
        rung_for = [tenant_id for (tenant_id,) in await cursor.fetchall()]

    assert rung_for == [anna.id]


async def test_only_the_application_claims_what_is_due(app: psycopg.AsyncConnection, anna: Tenant) -> None:
    claim = "SELECT * FROM platform.claim_wakeup(ARRAY['isolation'], ARRAY[]::text[], ARRAY[]::text[], now())"
    await app.execute(claim)
    await become(app, anna)

    await refuses(app, claim)


async def test_functions_with_the_owners_rights_look_nowhere_else(
    app: psycopg.AsyncConnection, anna: Tenant, database: Database
) -> None:
    async with await psycopg.AsyncConnection.connect(database.superuser_url) as superuser:
        cursor = await superuser.execute(
            "SELECT proname, proconfig, coalesce(proacl::text, 'everybody') FROM pg_proc"
            " WHERE prosecdef AND pronamespace IN (to_regnamespace('platform'), to_regnamespace(%s))"
            " ORDER BY proname",
            [anna.schema],
        )
        found = await cursor.fetchall()

    assert [name for name, _, _ in found] == ["claim_wakeup", "trim_audit", "wake"]
    assert all(config == ["search_path=pg_catalog, pg_temp"] for _, config, _ in found)
    assert not [name for name, _, acl in found if acl == "everybody" or re.search(r"[{,]=X", acl)]


@pytest.mark.parametrize("pool_size", [1, 3])
async def test_mixed_requests_never_see_a_foreign_row(
    database: Database, anna: Tenant, boris: Tenant, pool_size: int
) -> None:
    engine = build_engine(database.app_url, pool_size=pool_size)
    tally = await mixed_requests(TenantSessions(engine), [anna, boris], 500)
    await engine.dispose()

    assert tally.foreign == []
    assert set(tally.done) >= {"read", "list", "write", "cancel", "cancel_waiting", "fail", "savepoint", "profile"}
