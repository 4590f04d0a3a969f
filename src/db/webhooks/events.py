"""Events on their way: a delivery for each receiver that subscribed, and the runner's task for each delivery."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.events import Detail, EventKind
from core.tasks import TaskKind
from core.webhooks.deliveries import DeliveryState, body_of, new_event_id

_TELL = text(
    """
    WITH told AS (
        INSERT INTO webhook_deliveries
            (id, webhook_id, event_id, kind, subject, body, state, attempts, answers, created_at, next_at)
        SELECT replace(gen_random_uuid()::text, '-', ''), webhooks.id,
            :event_id, :kind, :subject, :body, :state, 0, '[]'::jsonb, :now, :now
        FROM webhooks WHERE webhooks.is_active AND :kind = ANY (webhooks.events)
        RETURNING webhook_deliveries.id
    )
    INSERT INTO tasks (kind, subject, payload, due_at, attempts)
    SELECT :task, told.id, '{}'::jsonb, :now, 0 FROM told
    """
)
"""SQLAlchemy writes a changing WITH behind INSERT INTO, where PostgreSQL does not take it."""


class SqlEvents:
    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def tell(self, kind: EventKind, *, subject: str, details: Mapping[str, Detail]) -> None:
        now = self._clock.now()
        told = {
            "event_id": new_event_id(),
            "kind": kind.value,
            "subject": subject,
            "body": body_of(kind.value, subject=subject, details=details, at=now),
            "state": DeliveryState.WAITING.value,
            "task": TaskKind.DELIVER_WEBHOOK.value,
            "now": now,
        }
        await self._session.execute(_TELL, told)
