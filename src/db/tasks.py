from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Identity, Index, and_, case, delete, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.tasks import Task, TaskId, TaskKind, TaskNotFound, TaskTaken
from db.base import TenantRow, columns

_LONGEST_ERROR = 1000


class TaskRow(TenantRow):
    """*started_at* is set while a runner works on it. That a row was added or moved is told to the runners by triggers,
    through a function that writes to `platform.wakeups`."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[dict[str, str]]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_tasks_waiting", "kind", "subject", unique=True, postgresql_where=text("started_at IS NULL")),
        Index("ix_tasks_due", "kind", "due_at"),
    )


_WAITING: dict[str, Any] = {
    "index_elements": [TaskRow.kind, TaskRow.subject],
    "index_where": text("started_at IS NULL"),
}


class SqlTaskStorage:
    """For use cases (TaskStorage) and for the runner (TaskQueue)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, kind: TaskKind, *, due_at: datetime, subject: str = "", payload: Mapping[str, str] | None = None
    ) -> None:
        adding = insert(TaskRow).values(
            kind=kind, subject=subject, payload=dict(payload or {}), due_at=due_at, attempts=0
        )
        new, is_live = adding.excluded, TaskRow.failed_at.is_(None)
        merged = {
            "due_at": case((is_live, func.least(TaskRow.due_at, new.due_at)), else_=new.due_at),
            "payload": TaskRow.payload.op("||")(new.payload),
            "attempts": case((is_live, TaskRow.attempts), else_=0),
            "failed_at": null(),
        }
        await self._session.execute(adding.on_conflict_do_update(**_WAITING, set_=merged))

    async def cancel(self, kind: TaskKind, *, subject: str = "") -> None:
        await self._session.execute(delete(TaskRow).where(TaskRow.kind == kind, TaskRow.subject == subject))

    async def finish(self, task: Task) -> None:
        if await self._session.scalar(delete(TaskRow).where(_is_held(task)).returning(TaskRow.id)) is None:
            raise TaskTaken

    async def list_all(self) -> Sequence[Task]:
        known = TaskRow.kind.in_([kind.value for kind in TaskKind])
        query = select(*columns(TaskRow)).where(known).order_by(TaskRow.due_at, TaskRow.id)
        return [_task(row) for row in (await self._session.execute(query)).mappings()]

    async def retry(self, task_id: TaskId, *, now: datetime) -> None:
        waiting = update(TaskRow).where(TaskRow.id == task_id, TaskRow.started_at.is_(None))
        again = waiting.values(due_at=now, attempts=0, failed_at=None)
        if await self._session.scalar(again.returning(TaskRow.id)) is None:
            raise TaskNotFound

    async def drop(self, task_id: TaskId) -> Task:
        failed = delete(TaskRow).where(TaskRow.id == task_id, TaskRow.failed_at.is_not(None))
        row = (await self._session.execute(failed.returning(*columns(TaskRow)))).mappings().one_or_none()
        if row is None:
            raise TaskNotFound
        return _task(row)

    async def begin(self, kind: TaskKind, *, now: datetime) -> Task | None:
        # Waits for whoever is just asking for the same again: who skipped it would not be woken for it any more.
        due = (
            select(TaskRow.id)
            .where(TaskRow.kind == kind, TaskRow.due_at <= now, TaskRow.failed_at.is_(None))
            .order_by(TaskRow.due_at, TaskRow.id)
            .limit(1)
            .with_for_update()
            .scalar_subquery()
        )
        beginning = update(TaskRow).where(TaskRow.id == due).values(started_at=now, attempts=TaskRow.attempts + 1)
        row = (await self._session.execute(beginning.returning(*columns(TaskRow)))).mappings().one_or_none()
        return _task(row) if row else None

    async def postpone(self, task: Task, *, error: str, due_at: datetime | None) -> None:
        held = await self._session.execute(delete(TaskRow).where(_is_held(task)).returning(*columns(TaskRow)))
        row = held.mappings().one_or_none()
        if row is None:
            return
        told = error.replace("\0", "")[:_LONGEST_ERROR]
        later = {"started_at": None, "last_error": told, "due_at": due_at or row["due_at"]}
        adding = insert(TaskRow).values({**row, **later, "failed_at": None if due_at else func.now()})
        new = adding.excluded
        merged = {
            "due_at": case((new.failed_at.is_(None), func.least(TaskRow.due_at, new.due_at)), else_=TaskRow.due_at),
            "last_error": told,
        }
        await self._session.execute(adding.on_conflict_do_update(**_WAITING, set_=merged))


def _is_held(task: Task) -> ColumnElement[bool]:
    """Whether *task* is still the attempt that its runner began."""
    return and_(TaskRow.id == task.id, TaskRow.attempts == task.attempts, TaskRow.started_at.is_not(None))


def _task(row: Mapping[Any, Any]) -> Task:
    found = {name: row[name] for name in Task.__dataclass_fields__}
    return Task(**{**found, "kind": TaskKind(found["kind"])})
