"""What was done by whom. The site's role may add lines and read them; see migration 0010 for what takes them away."""

from datetime import datetime, timedelta

from sqlalchemy import Index, exists, insert, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB, Insert
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.access import Access, Action
from core.audit import AuditEvent, AuditOutcome, Facts, Origin, changed, labelled, new_audit_event_id
from core.clock import Clock
from core.identity import Actor
from core.tasks import TaskKind
from db.base import TenantRow, values_of
from db.tasks import TaskRow

FIRST_TRIM = timedelta(days=1)


class AuditEventRow(TenantRow):
    __tablename__ = "audit_events"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str]
    outcome: Mapped[str]
    actor_id: Mapped[str | None]
    actor_name: Mapped[str]
    role: Mapped[str]
    subject: Mapped[str]
    label: Mapped[str]
    before: Mapped[dict[str, str]]
    after: Mapped[dict[str, str]]
    client: Mapped[str]
    request_id: Mapped[str]
    token: Mapped[str]

    __table_args__ = (
        Index("ix_audit_events_at", "at", "id"),
        Index("ix_audit_events_actor_id", "actor_id", "at", "id"),
        Index("ix_audit_events_action", "action", "at", "id"),
        Index("ix_audit_events_subject", "subject", "at", "id"),
        Index("ix_audit_events_refused", "at", "id", postgresql_where=text("outcome = 'refused'")),
    )


class SqlAuditTrail:
    """Each line, and the first one's task to trim them one day, is one statement."""

    def __init__(self, session: AsyncSession, access: Access, clock: Clock, origin: Origin) -> None:
        self._session = session
        self._access = access
        self._clock = clock
        self._origin = origin

    async def record(
        self,
        action: Action,
        *,
        subject: str = "",
        label: str = "",
        before: Facts | None = None,
        after: Facts | None = None,
        actor: Actor | None = None,
    ) -> None:
        was, became = changed(before or {}, after or {})
        actor = actor or self._access.actor
        event = AuditEvent(
            id=new_audit_event_id(),
            at=self._clock.now(),
            action=action,
            outcome=AuditOutcome.DONE,
            actor_id=actor.user_id,
            actor_name=actor.name,
            role=actor.role,
            subject=subject,
            label=labelled(label),
            before=was,
            after=became,
            client=self._origin.client,
            request_id=self._origin.request_id,
            token=actor.token_id or "",
        )
        await self._session.execute(added(event))


def added(event: AuditEvent) -> Insert:
    """*event* written down, and trimmed one day."""
    return trimmed_after(event.at).add_cte(insert(AuditEventRow).values(values_of(event)).cte("line"))


def trimmed_after(at: datetime) -> Insert:
    """Where nothing waits to trim the site's lines, from then on something does."""
    waiting = select(TaskRow.id).where(TaskRow.kind == TaskKind.TRIM_AUDIT)
    task = {"kind": TaskKind.TRIM_AUDIT.value, "subject": "", "due_at": at + FIRST_TRIM, "attempts": 0}
    wanted = select(*(literal(value) for value in task.values()), literal({}, JSONB)).where(~exists(waiting))
    trimming = insert_or(TaskRow).from_select([*task, "payload"], wanted, include_defaults=False)
    return trimming.on_conflict_do_nothing()
