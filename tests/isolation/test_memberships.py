"""A connection that does not know yet that it may become a site's role."""

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event, text
from sqlalchemy.exc import ProgrammingError

from core.tenancy.entities import Tenant
from db.engine import build_engine
from db.tenant_session import TenantSessions
from tests.fixtures.database import APP_ROLE, Database


def _change_membership(database: Database, tenant: Tenant, words: str) -> None:
    role, app = sql.Identifier(tenant.role), sql.Identifier(APP_ROLE)
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL(words).format(role=role, app=app))


async def test_a_connection_that_missed_a_grant_is_replaced(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    _change_membership(database, anna, "REVOKE {role} FROM {app}")

    def grant(*_: object) -> None:
        _change_membership(database, anna, "GRANT {role} TO {app}")

    event.listen(engine.sync_engine.pool, "invalidate", grant)
    try:
        async with TenantSessions(engine).open(anna) as session:
            assert (await session.execute(text("SELECT current_user"))).scalar_one() == anna.role
    finally:
        grant()
        await engine.dispose()


async def test_a_role_that_was_never_granted_stays_refused(database: Database, anna: Tenant) -> None:
    engine = build_engine(database.app_url, pool_size=1)
    _change_membership(database, anna, "REVOKE {role} FROM {app}")
    try:
        async with TenantSessions(engine).open(anna) as session:
            with pytest.raises(ProgrammingError, match="permission denied to set role"):
                await session.execute(text("SELECT 1"))
    finally:
        _change_membership(database, anna, "GRANT {role} TO {app}")
        await engine.dispose()
