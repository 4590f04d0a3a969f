"""What a site's role may do to its log, asked of PostgreSQL itself; and how much refusals may write."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.access import Action
from core.audit import AuditEvent, Origin
from core.identity import ApiTokenId, Role
from core.tasks import TaskKind
from core.tenancy.entities import Tenant
from db.audit import FIRST_TRIM, AuditEventRow, SqlAuditTrail
from db.base import values_of
from db.grants import lost_grants
from db.refusals import MOST_OF_A_CLIENT, MOST_OF_A_REQUEST, NotedRefusals, SqlRefusals
from db.tasks import SqlTaskStorage
from db.tenant_session import Binding, TenantSessions, bound
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.clock import SetClock
from tests.core.house import somebody
from tests.fixtures.database import APP_ROLE

OLD = datetime.now(UTC) - timedelta(days=400)
TAMPERING = (
    "UPDATE audit_events SET actor_name = 'nobody'",
    "UPDATE audit_events SET at = at - interval '2 years'",
    "DELETE FROM audit_events",
    "TRUNCATE audit_events",
    "DROP TABLE audit_events",
    "ALTER TABLE audit_events DISABLE TRIGGER ALL",
    "ALTER FUNCTION trim_audit(text) SECURITY INVOKER",
)


def line(clock: SetClock, subject: str = "") -> AuditEvent:
    refusals = NotedRefusals(clock, Origin(client="c" * 16, request_id="r" * 16))
    refusals.note(Action.PUBLISH_POST, subject=subject)
    return next(iter(refusals.noted.values()))


@pytest.fixture
async def session(anna: Tenant, sessions: TenantSessions) -> AsyncIterator[AsyncSession]:
    """As the site's role, with one line in the log."""
    async with sessions.open(anna) as session:
        await session.execute(insert(AuditEventRow).values(values_of(line(SetClock(OLD)))))
        await session.commit()
        yield session


async def count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(AuditEventRow)) or 0


@pytest.mark.parametrize("statement", TAMPERING)
async def test_a_sites_role_cannot_change_what_is_written(session: AsyncSession, statement: str) -> None:
    with pytest.raises(ProgrammingError) as refused:
        await session.execute(text(statement))

    assert isinstance(refused.value.orig, InsufficientPrivilege)
    await session.rollback()
    assert await count(session) == 1


async def test_rights_that_a_restored_dump_lost_do_not_come_back_larger(
    session: AsyncSession, anna: Tenant, owner_engine: AsyncEngine
) -> None:
    async with bound(owner_engine, Binding(anna.schema)).begin() as connection:
        grants = lost_grants(anna, APP_ROLE)
        await connection.exec_driver_sql(grants, execution_options={"no_parameters": True})

    with pytest.raises(ProgrammingError):
        await session.execute(text("DELETE FROM audit_events"))


async def test_nothing_is_kept_for_less_than_thirty_days(session: AsyncSession) -> None:
    young = line(SetClock(datetime.now(UTC) - timedelta(days=29)))
    await session.execute(insert(AuditEventRow).values(values_of(young)))
    await session.commit()

    with pytest.raises(Exception, match="ck_site_settings_audit_days"):
        await session.execute(text("UPDATE site_settings SET audit_days = 0"))
    await session.rollback()
    await session.execute(text("UPDATE site_settings SET audit_days = 30"))
    deleted = await session.scalar(text("SELECT deleted FROM trim_audit('request')"))

    assert deleted == 1
    actions = await session.scalars(select(AuditEventRow.action).order_by(AuditEventRow.at))
    assert list(actions) == ["post.publish", "audit.trim"]


async def test_trimming_reads_no_names_of_the_callers(session: AsyncSession) -> None:
    (pinned,) = await session.scalars(text("SELECT proconfig FROM pg_proc WHERE oid = 'trim_audit'::regproc"))

    assert pinned == ["search_path=pg_catalog, pg_temp"]


async def test_refusals_of_one_client_are_written_so_many_times_an_hour(
    session: AsyncSession, anna: Tenant, sessions: TenantSessions
) -> None:
    clock, refusals = SetClock(), SqlRefusals(sessions)
    for _ in range(MOST_OF_A_CLIENT + 3):
        await refusals.write(anna, [line(clock)])
    assert await count(session) == 1 + MOST_OF_A_CLIENT

    clock.pass_(minutes=61)
    await refusals.write(anna, [line(clock)])
    assert await count(session) == 2 + MOST_OF_A_CLIENT


async def test_the_first_line_of_a_site_has_its_log_trimmed_one_day(
    session: AsyncSession, anna: Tenant, sessions: TenantSessions
) -> None:
    clock = SetClock()
    await SqlRefusals(sessions).write(anna, [line(clock)])
    trail = SqlAuditTrail(session, FakeAccess(somebody(Role.OWNER)), clock, Origin())
    for _ in range(2):
        await trail.record(Action.EDIT_SITE)

    tasks = await SqlTaskStorage(session).list_all()
    assert [(task.kind, task.due_at) for task in tasks] == [(TaskKind.TRIM_AUDIT, clock.now() + FIRST_TRIM)]


async def test_what_a_token_did_is_known_by_the_token(session: AsyncSession) -> None:
    actor = replace(somebody(Role.OWNER), token_id=ApiTokenId("token"))
    await SqlAuditTrail(session, FakeAccess(actor), SetClock(), Origin()).record(Action.EDIT_SITE)

    assert await session.scalar(select(AuditEventRow.token).where(AuditEventRow.action == Action.EDIT_SITE)) == "token"


async def test_a_refusal_that_cannot_be_written_troubles_nobody(anna: Tenant, app_engine: AsyncEngine) -> None:
    class Gone(TenantSessions):
        def open_short(self, tenant: Tenant) -> AsyncSession:
            raise OSError(tenant.slug)

    await SqlRefusals(Gone(app_engine)).write(anna, [line(SetClock())])


def test_of_one_request_a_few_are_kept_and_each_once() -> None:
    refusals = NotedRefusals(SetClock(), Origin())
    for subject in "aabcdefg":
        refusals.note(Action.EDIT_POST, actor=somebody(Role.EDITOR), subject=subject, reason="forbidden")

    assert [one.subject for one in refusals.noted.values()] == list("abcde")[:MOST_OF_A_REQUEST]
