from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.events import EventKind
from core.webhooks.deliveries import Attempt, Delivery, DeliveryState, Reply, Trouble
from core.webhooks.entities import Webhook
from db.base import TenantRow, values_of


class WebhookRow(TenantRow):
    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    description: Mapped[str]
    events: Mapped[list[str]]
    secret: Mapped[str]
    previous_secret: Mapped[str]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    previous_until: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    resting_until: Mapped[datetime | None]
    version: Mapped[int]


class DeliveryRow(TenantRow):
    """SqlEvents adds rows too, in words of its own."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[str] = mapped_column(primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    event_id: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    answers: Mapped[list[Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(index=True)
    next_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_webhook_deliveries_webhook_id", "webhook_id", "created_at", "id"),)


_KINDS = {kind.value: kind for kind in EventKind}


def webhook_of(row: Mapping[Any, Any]) -> Webhook:
    """Without events of a newer release, which this one never tells of."""
    found = {name: row[name] for name in Webhook.__dataclass_fields__}
    return Webhook(**{**found, "events": tuple(_KINDS[word] for word in found["events"] if word in _KINDS)})


def webhook_values(webhook: Webhook) -> dict[str, Any]:
    return values_of(webhook) | {"events": [event.value for event in webhook.events]}


def delivery_of(row: Mapping[Any, Any]) -> Delivery:
    found = {name: row[name] for name in Delivery.__dataclass_fields__}
    return Delivery(
        **{**found, "state": DeliveryState(found["state"]), "answers": tuple(map(_attempt, found["answers"]))}
    )


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    return values_of(delivery) | {
        "state": delivery.state.value,
        "answers": [_written(attempt) for attempt in delivery.answers],
    }


def _attempt(kept: Mapping[str, Any]) -> Attempt:
    reply = Reply(status=kept["status"], body=kept["body"], ms=kept["ms"], trouble=Trouble(kept["trouble"]))
    return Attempt(at=datetime.fromisoformat(kept["at"]), reply=reply)


def _written(attempt: Attempt) -> dict[str, Any]:
    reply = attempt.reply
    told = {"status": reply.status, "body": reply.body, "ms": reply.ms, "trouble": reply.trouble.value}
    return {"at": attempt.at.isoformat(), **told}
