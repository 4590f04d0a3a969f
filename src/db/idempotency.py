from datetime import datetime

from sqlalchemy import ColumnElement, LargeBinary, and_, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import Unavailable
from core.idempotency import KEPT_FOR, Answer, Attempt, KeptAnswer
from db.base import TenantRow

_SWEPT_AT_ONCE = 100
_TRIES = 3


class IdempotencyRow(TenantRow):
    """A claim, and the answer beside it as soon as there is one: what is committed has both."""

    __tablename__ = "idempotency_keys"

    actor: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[list[list[str]] | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)


class SqlIdempotencyRecords:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def claim(self, attempt: Attempt, *, now: datetime) -> KeptAnswer | None:
        for _ in range(_TRIES):
            await self._forget(attempt, now - KEPT_FOR)
            if await self._take(attempt, now):
                return None
            kept = await self._find(attempt, now - KEPT_FOR)
            if kept is not None:
                return kept
        raise Unavailable(retry_after=1)  # others made and forgot the same key in between, again and again

    async def keep(self, attempt: Attempt, answer: Answer) -> None:
        values = {"status": answer.status, "headers": [list(pair) for pair in answer.headers], "body": answer.body}
        await self._session.execute(update(IdempotencyRow).where(_is(attempt)).values(values))

    async def _forget(self, attempt: Attempt, before: datetime) -> None:
        """This key by all means; of the others some that nobody is busy with."""
        idle = (
            select(IdempotencyRow.actor, IdempotencyRow.key)
            .where(IdempotencyRow.created_at <= before)
            .limit(_SWEPT_AT_ONCE)
            .with_for_update(skip_locked=True)
            .cte("idle")
        )
        others = and_(IdempotencyRow.actor == idle.c.actor, IdempotencyRow.key == idle.c.key)
        is_old = IdempotencyRow.created_at <= before
        wanted = or_(_is(attempt), select(1).where(others).exists())
        await self._session.execute(
            delete(IdempotencyRow).where(is_old, wanted), execution_options={"synchronize_session": False}
        )

    async def _take(self, attempt: Attempt, now: datetime) -> bool:
        """Waits for whoever is taking the same key."""
        values = {
            "actor": attempt.actor,
            "key": attempt.key,
            "fingerprint": attempt.fingerprint,
            "created_at": now,
        }
        taking = insert(IdempotencyRow).values(values).on_conflict_do_nothing().returning(IdempotencyRow.key)
        return await self._session.scalar(taking) is not None

    async def _find(self, attempt: Attempt, after: datetime) -> KeptAnswer | None:
        query = select(
            IdempotencyRow.fingerprint, IdempotencyRow.status, IdempotencyRow.headers, IdempotencyRow.body
        ).where(_is(attempt), IdempotencyRow.created_at > after, IdempotencyRow.status.is_not(None))
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            return None
        headers = tuple((name, value) for name, value in row.headers)
        return KeptAnswer(fingerprint=row.fingerprint, answer=Answer(status=row.status, headers=headers, body=row.body))


def _is(attempt: Attempt) -> ColumnElement[bool]:
    return and_(IdempotencyRow.actor == attempt.actor, IdempotencyRow.key == attempt.key)
