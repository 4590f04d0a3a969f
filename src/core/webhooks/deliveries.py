"""One event on its way to one receiver."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import NewType
from zlib import crc32

from core.events import Detail
from core.tasks import LONGEST_PAUSE, next_moment
from core.webhooks.entities import WebhookId

DeliveryId = NewType("DeliveryId", str)

TEST_KIND = "webhook.test"
KEPT = timedelta(days=30)
ANSWERS_MAX = 20
ANSWER_BYTES = 1024


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why there was no answer. Rows hold the values."""

    NONE = ""
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    PRIVATE = "private"
    INSECURE = "insecure"
    REDIRECTS = "redirects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the receiver said, or did not: *status* is None without an answer, *body* its beginning, *ms* how long it
    took; *retry_after* the seconds for which it asks to be left alone, which are heeded and not kept."""

    status: int | None = None
    body: str = ""
    ms: int = 0
    trouble: Trouble = Trouble.NONE
    retry_after: int = 0

    @property
    def is_success(self) -> bool:
        return self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_farewell(self) -> bool:
        """The receiver wants no more, as Standard Webhooks has it."""
        return self.status == HTTPStatus.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    at: datetime
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """*event_id* is the same for all receivers of an event and over all tries; *body* is what is sent, byte for byte.
    *attempts* counts the tries of this round, *answers* holds the latest of all rounds."""

    id: DeliveryId
    webhook_id: WebhookId
    event_id: str
    kind: str
    subject: str
    body: str
    created_at: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    answers: tuple[Attempt, ...] = ()
    next_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        return self.state is DeliveryState.WAITING

    def attempted(self, reply: Reply, *, at: datetime) -> Delivery:
        """After one more try: done, over, or to be tried again at *next_at*."""
        answers = (*self.answers, Attempt(at=at, reply=reply))[-ANSWERS_MAX:]
        tried = replace(self, attempts=self.attempts + 1, answers=answers, next_at=None)
        if reply.is_success:
            return replace(tried, state=DeliveryState.DONE)
        chance = crc32(f"{self.id}{tried.attempts}".encode()) / 2**32  # spreads those that failed together
        again = None if reply.is_farewell else next_moment(tried.attempts, now=at, chance=chance)
        if again is not None:
            again = max(again, at + min(timedelta(seconds=reply.retry_after), LONGEST_PAUSE))
        return replace(tried, state=DeliveryState.FAILED if again is None else self.state, next_at=again)

    def postponed(self, until: datetime) -> Delivery:
        return replace(self, next_at=until)

    def given_up(self) -> Delivery:
        return replace(self, state=DeliveryState.FAILED, next_at=None)

    def begun_again(self, *, at: datetime) -> Delivery:
        return replace(self, state=DeliveryState.WAITING, attempts=0, next_at=at)


def new_event_id() -> str:
    """Without a full stop, which separates what is signed."""
    return f"msg_{secrets.token_hex(16)}"


def new_test(webhook_id: WebhookId, *, at: datetime) -> Delivery:
    """An event that has not happened."""
    return Delivery(
        id=DeliveryId(secrets.token_hex(16)),
        webhook_id=webhook_id,
        event_id=new_event_id(),
        kind=TEST_KIND,
        subject=webhook_id,
        body=body_of(TEST_KIND, subject=webhook_id, details={}, at=at),
        created_at=at,
        next_at=at,
    )


def body_of(kind: str, *, subject: str, details: Mapping[str, Detail], at: datetime) -> str:
    """What is sent. *at* is when it happened, in UTC."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    told = {"type": kind, "timestamp": moment, "data": {"id": subject, **details}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
