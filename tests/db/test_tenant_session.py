import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.errors import Invalid, Unavailable
from core.limits import Limit
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage
from db.engine import UnsafeRole, assert_safe_role, build_engine
from db.limits import SqlRateLimiter
from db.profiles import SqlTenantProfiles
from db.tenant_session import (
    SCHEMAS_PER_CONNECTION,
    Binding,
    NoTenantBound,
    PlatformSessions,
    TenantSessions,
    bound,
)
from tests.core.fakes.clock import SetClock
from tests.fixtures.database import Database

WHO = text("SELECT current_user, current_schema, pg_backend_pid()")


async def test_a_statement_takes_place_in_the_tenants_schema_and_role(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        role, schema, _ = (await session.execute(WHO)).one()

    assert (role, schema) == (anna.role, anna.schema)


async def test_after_a_commit_the_next_statement_is_in_the_tenant_again(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        await session.execute(WHO)
        await session.commit()
        assert (await session.execute(WHO)).one()[0] == anna.role
        await session.rollback()
        assert (await session.execute(WHO)).one()[0] == anna.role


async def test_without_a_tenant_nothing_is_sent(app_engine: AsyncEngine) -> None:
    async with AsyncSession(app_engine) as session:
        with pytest.raises(NoTenantBound):
            await session.execute(text("SELECT 1"))
    with pytest.raises(NoTenantBound):
        async with app_engine.begin():
            pass
    assert app_engine.sync_engine.pool.status().endswith("Current Checked out connections: 0")


@pytest.mark.parametrize("name", ['x"; DROP SCHEMA public', "Anna", "", "a-b", "x" * 64])
def test_a_strange_name_never_reaches_the_database(name: str) -> None:
    with pytest.raises(ValueError, match="not a name of ours"):
        Binding(name)


async def test_no_connection_is_taken_before_the_first_statement(anna: Tenant, app_engine: AsyncEngine) -> None:
    async with TenantSessions(app_engine).open(anna):
        assert "Current Checked out connections: 0" in app_engine.sync_engine.pool.status()


async def test_a_connection_that_died_in_the_pool_is_replaced_unnoticed(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    sessions = TenantSessions(engine)
    async with sessions.open(anna) as session:
        backend = (await session.execute(WHO)).one()[2]
    await _terminate(database, backend)

    async with sessions.open(anna) as session:
        role, _, other = (await session.execute(WHO)).one()

    assert (role, other != backend) == (anna.role, True)
    await engine.dispose()


async def test_a_connection_that_dies_in_a_transaction_is_unavailable(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    sessions = TenantSessions(engine)
    async with sessions.open(anna) as session:
        await _terminate(database, (await session.execute(WHO)).one()[2])
        with pytest.raises(Unavailable):
            await session.execute(WHO)
    async with sessions.open(anna) as session:
        assert (await session.execute(WHO)).one()[0] == anna.role
    await engine.dispose()


async def test_a_used_up_pool_is_unavailable_within_five_seconds(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    sessions = TenantSessions(engine)
    async with sessions.open(anna) as first, sessions.open(anna) as second:
        await first.execute(WHO)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(second.execute(WHO), 5)
    await engine.dispose()


async def test_those_who_hold_a_connection_never_wait_for_each_other(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    sessions, clock = TenantSessions(engine), SetClock()
    async with sessions.open(anna) as session:
        await session.execute(WHO)
        await SqlTenantProfiles(sessions, clock).get(anna)
        await SqlRateLimiter(sessions, anna, clock).hit(Limit(name="try", times=1, seconds=60), "anna")
        async with PlatformSessions(engine).open() as platform:
            await platform.execute(WHO)
    await engine.dispose()


async def test_disposing_closes_the_reserve_too(database: Database) -> None:
    engine = build_engine(database.app_url, pool_size=1, application="terrace-disposed")
    async with PlatformSessions(engine).open() as platform:
        await platform.execute(WHO)
    await engine.dispose()

    left = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'terrace-disposed'")
    other = build_engine(database.superuser_url)
    async with bound(other, Binding("platform")).connect() as connection:
        await asyncio.sleep(0.2)
        assert await connection.scalar(left) == 0
    await other.dispose()


async def test_a_database_that_is_not_there_is_unavailable(anna: Tenant) -> None:
    engine = build_engine("postgresql://nobody:x@127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        async with TenantSessions(engine).open(anna) as session:
            await session.execute(WHO)
    await engine.dispose()


async def test_a_connection_retires_after_so_many_schemas(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    backends = []
    for number in range(SCHEMAS_PER_CONNECTION + 1):
        async with bound(engine, Binding(f"nowhere_{number}")).connect() as connection:
            backends.append((await connection.execute(WHO)).one()[2])
    await engine.dispose()

    assert len(set(backends[:-1])) == 1
    assert backends[-1] != backends[0]


@pytest.mark.parametrize("slug", ["a\x00b", "a\ud800b"])
async def test_what_cannot_be_stored_is_invalid(anna: Tenant, sessions: TenantSessions, slug: str) -> None:
    async with sessions.open(anna) as session:
        with pytest.raises(Invalid):
            await SqlPostStorage(session).find_by_slug(slug)


async def test_nul_within_json_is_invalid(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        with pytest.raises(Invalid):
            await session.execute(text("UPDATE site_settings SET menu = CAST(:menu AS jsonb)"), {"menu": '["\\u0000"]'})


async def test_a_failed_transaction_cannot_be_committed(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    sessions = TenantSessions(engine)
    async with sessions.open(anna) as session:
        with pytest.raises(Invalid):
            await SqlPostStorage(session).find_by_slug("a\x00b")
        await session.execute(text("SELECT 1"))
        with pytest.raises(Exception, match="division by zero"):
            await session.execute(text("SELECT 1/0"))
        with pytest.raises(RuntimeError, match="commit after a failed statement"):
            await session.commit()
    async with sessions.open(anna) as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await engine.dispose()


async def test_platform_sessions_are_the_connecting_role(app_engine: AsyncEngine) -> None:
    async with PlatformSessions(app_engine).open() as session:
        role, schema, _ = (await session.execute(WHO)).one()

    assert (role, schema) == ("terrace_app", "platform")


async def test_the_applications_role_is_safe(app_engine: AsyncEngine) -> None:
    await assert_safe_role(app_engine)


@pytest.mark.parametrize(
    ("which", "why"), [("owner_url", "owns the database"), ("superuser_url", "is a superuser, may bypass")]
)
async def test_owner_and_superuser_are_refused(database: Database, which: str, why: str) -> None:
    engine = build_engine(getattr(database, which))
    with pytest.raises(UnsafeRole, match=why):
        await assert_safe_role(engine)
    await engine.dispose()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("NOINHERIT BYPASSRLS", "may bypass row security"),
        ("NOINHERIT CREATEROLE", "may make and grant roles"),
        ("NOINHERIT IN ROLE pg_read_all_data", "may become a role with rights beyond the sites"),
        ("NOINHERIT IN ROLE postgres", "may become a role with rights beyond the sites"),
        ("INHERIT IN ROLE {tenant}", "inherits the rights of the sites' roles"),
    ],
)
async def test_a_role_with_more_rights_than_the_sites_is_refused(
    database: Database, anna: Tenant, words: str, why: str
) -> None:
    name = f"{database.prefix}_odd"
    administrator = build_engine(database.superuser_url)
    engine = build_engine(make_url(database.app_url).set(username=name).render_as_string(hide_password=False))
    secret = make_url(database.app_url).password
    try:
        await _run(administrator, f"CREATE ROLE {name} LOGIN PASSWORD '{secret}' {words.format(tenant=anna.role)}")
        with pytest.raises(UnsafeRole, match=why):
            await assert_safe_role(engine)
    finally:
        await engine.dispose()
        await _run(administrator, f"DROP ROLE IF EXISTS {name}")
        await administrator.dispose()


async def _run(engine: AsyncEngine, statement: str) -> None:
    async with bound(engine, Binding("platform")).begin() as connection:
        await connection.execute(text(statement))


async def _terminate(database: Database, backend: int) -> None:
    engine = build_engine(database.superuser_url)
    async with bound(engine, Binding("platform")).begin() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": backend})
    await engine.dispose()
