from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.contacts.addresses import words_of
from core.contacts.entities import Extra, Message, MessageState, Reply, SpamReason
from db.base import TenantRow, values_of


class MessageRow(TenantRow):
    """*folded* has all the words, for searching; *fingerprint* is equal for those that say the same."""

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    state: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    telegram: Mapped[str]
    other: Mapped[str]
    text: Mapped[str]
    extra: Mapped[list[list[str]]]
    consent: Mapped[str]
    lang: Mapped[str]
    client: Mapped[str]
    note: Mapped[str]
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    replies: Mapped[list[Any]] = mapped_column(JSONB)
    score: Mapped[int]
    reasons: Mapped[list[str]]
    trashed_at: Mapped[datetime | None]
    version: Mapped[int]
    fingerprint: Mapped[str]
    folded: Mapped[str]

    __table_args__ = (
        Index("ix_messages_received_at", "received_at", "id"),
        Index("ix_messages_fingerprint", "fingerprint"),
        Index("ix_messages_folded", "folded", postgresql_using="gin", postgresql_ops={"folded": "gin_trgm_ops"}),
    )


UNREAD = ("fingerprint", "folded")
"""Columns that entities do not have."""


def message_of(row: Mapping[Any, Any]) -> Message:
    found = {name: row[name] for name in Message.__dataclass_fields__}
    lists = {
        "extra": tuple(Extra(label=label, value=value) for label, value in row["extra"]),
        "replies": tuple(
            Reply(at=datetime.fromisoformat(reply["at"]), by_name=reply["by_name"], text=reply["text"])
            for reply in row["replies"]
        ),
        "reasons": tuple(SpamReason(reason) for reason in row["reasons"]),
        "state": MessageState(row["state"]),
    }
    return Message(**{**found, **lists})


def values(message: Message) -> dict[str, Any]:
    return values_of(message) | {
        "extra": [[extra.label, extra.value] for extra in message.extra],
        "replies": [
            {"at": reply.at.isoformat(), "by_name": reply.by_name, "text": reply.text} for reply in message.replies
        ],
        "reasons": [reason.value for reason in message.reasons],
        "state": message.state.value,
        "fingerprint": message.fingerprint,
        "folded": words_of(message),
    }
