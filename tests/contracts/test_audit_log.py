"""What is recorded can be read, by whoever has a right to the log, and nothing younger than it is kept goes away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.access import Action
from core.audit import AuditEvent, AuditOutcome, AuditTrail, Origin
from core.errors import Invalid
from core.identity import ANONYMOUS, OPERATOR, Actor, Role
from core.site.audit_log import EVERYTHING, AuditActor, AuditFilter, AuditLog
from core.tenancy.entities import Tenant
from db.audit import SqlAuditTrail
from db.audit_log import SqlAuditLog
from db.tenant_session import TenantSessions
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.audit import MemoryAuditLog, MemoryAuditTrail
from tests.core.fakes.clock import SetClock
from tests.core.house import somebody

OWNER, EDITOR = somebody(Role.OWNER), somebody(Role.EDITOR)


@dataclass(frozen=True, kw_only=True)
class Book:
    """One site's log, open in one transaction."""

    clock: SetClock
    log: AuditLog
    session: AsyncSession | None = None

    def trail(self, actor: Actor = OWNER) -> AuditTrail:
        if self.session is not None:
            return SqlAuditTrail(self.session, FakeAccess(actor), self.clock, Origin(request_id="r" * 8))
        assert isinstance(self.log, MemoryAuditLog)
        return MemoryAuditTrail(log=self.log, actor=actor)

    async def read(self, wanted: AuditFilter = EVERYTHING) -> list[AuditEvent]:
        return list((await self.log.list_events(wanted, cursor=None, limit=50)).items)


@asynccontextmanager
async def real_book(tenant: Tenant, sessions: TenantSessions, clock: SetClock) -> AsyncIterator[Book]:
    async with sessions.open(tenant) as session:
        yield Book(clock=clock, log=SqlAuditLog(session, Origin(request_id="r" * 8)), session=session)


@pytest.fixture(params=["memory", "postgres"])
async def book(request: pytest.FixtureRequest, anna: Tenant, sessions: TenantSessions) -> AsyncIterator[Book]:
    clock = SetClock()
    if request.param == "memory":
        yield Book(clock=clock, log=MemoryAuditLog(clock=clock))
        return
    async with real_book(anna, sessions, clock) as book:
        yield book


async def test_a_line_says_who_did_what_and_what_changed(book: Book) -> None:
    await book.trail().record(
        Action.EDIT_SITE,
        subject="1",
        label="Anna\0" + "x" * 300,
        before={"title": "A", "accent": "x"},
        after={"title": "B", "accent": "x"},
    )

    (line,) = await book.read()
    assert (line.action, line.outcome, line.subject) == (Action.EDIT_SITE, AuditOutcome.DONE, "1")
    assert (line.actor_id, line.actor_name, line.role) == (OWNER.user_id, OWNER.name, "owner")
    assert (line.before, line.after, line.at) == ({"title": "A"}, {"title": "B"}, book.clock.now())
    assert line.label == "Anna" + "x" * 196


async def test_who_became_somebody_by_what_she_did_is_named(book: Book) -> None:
    await book.trail(ANONYMOUS).record(Action.ACCEPT_INVITATION, actor=EDITOR)

    (line,) = await book.read()
    assert (line.actor_id, line.actor_name, line.role) == (EDITOR.user_id, EDITOR.name, "editor")


async def test_the_newest_comes_first_part_by_part(book: Book) -> None:
    for number in range(5):
        await book.trail().record(Action.PUBLISH_POST, subject=str(number))
        book.clock.pass_(seconds=60)

    first = await book.log.list_events(EVERYTHING, cursor=None, limit=3)
    second = await book.log.list_events(EVERYTHING, cursor=first.next_cursor, limit=3)

    assert [line.subject for line in first.items] == ["4", "3", "2"]
    assert ([line.subject for line in second.items], second.next_cursor) == (["1", "0"], None)
    with pytest.raises(Invalid):
        await book.log.list_events(EVERYTHING, cursor="nonsense", limit=3)


async def test_it_is_searched_by_person_action_subject_outcome_and_time(book: Book) -> None:
    began = book.clock.now()
    await book.trail(OWNER).record(Action.PUBLISH_POST, subject="a")
    book.clock.pass_(seconds=60)
    await book.trail(EDITOR).record(Action.PUBLISH_POST, subject="b")
    await book.trail(OPERATOR).record(Action.EDIT_SITE)
    later = began + timedelta(seconds=60)

    async def found(**wanted: Any) -> set[tuple[str, str]]:
        return {(line.role, line.action.value) for line in await book.read(AuditFilter(**wanted))}

    assert await found(actor=EDITOR.user_id) == {("editor", "post.publish")}
    assert await found(actor="operator") == {("operator", "site.edit")}
    assert await found(actor="visitor") == set()
    assert await found(action=Action.EDIT_SITE) == {("operator", "site.edit")}
    assert await found(subject="a") == {("owner", "post.publish")}
    assert await found(outcome=AuditOutcome.REFUSED) == set()
    assert await found(outcome=AuditOutcome.DONE, until=later) == {("owner", "post.publish")}
    assert await found(since=later, action=Action.PUBLISH_POST) == {("editor", "post.publish")}


async def test_the_users_in_it_are_known_by_their_last_name(book: Book) -> None:
    for actor in (OWNER, EDITOR, OPERATOR, Actor(role=Role.OWNER, user_id=OWNER.user_id, name="Anna")):
        await book.trail(actor).record(Action.EDIT_SITE)
        book.clock.pass_(seconds=1)

    assert [*await book.log.list_actors()] == [
        AuditActor(id="owner", name="Anna"),
        AuditActor(id="editor", name="Editor"),
    ]


async def test_it_is_kept_for_as_long_as_the_owner_says(book: Book) -> None:
    assert await book.log.get_days() == 365
    await book.log.keep_for(30)
    assert await book.log.get_days() == 30


async def test_only_what_is_too_old_goes_and_that_is_told(book: Book) -> None:
    now = datetime.now(UTC)
    await book.log.keep_for(30)
    for days in (40, 31, 29):
        book.clock.at = now - timedelta(days=days)
        await book.trail().record(Action.PUBLISH_POST, subject=str(days))
    book.clock.at = now

    trimmed = await book.log.trim()

    told, kept = await book.read()
    assert (trimmed.deleted, trimmed.next_due) == (2, kept.at + timedelta(days=30))
    assert (kept.subject, told.action, told.role, told.after["deleted"]) == ("29", Action.TRIM_AUDIT, "operator", "2")
    assert (await book.log.trim()).deleted == 0
    assert len(await book.read()) == 2


async def test_nothing_is_due_where_nothing_is_written(book: Book) -> None:
    assert (await book.log.trim()).next_due is None
