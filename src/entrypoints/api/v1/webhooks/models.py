"""Subscriptions and deliveries as programs see them."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.events import EventKind
from core.webhooks.deliveries import Attempt, Delivery, DeliveryState, Trouble
from core.webhooks.entities import DESCRIPTION_LENGTH, SECRETS_OVERLAP, URL_LENGTH, MadeWebhook, Webhook, WebhookWanted
from entrypoints.api.models import MomentShown, Shown, Wanted

ID = "7a1d2e3f4a5b60718293a4b5c6d7e8f9"
DELIVERY_ID = "3c9d2e3f4a5b60718293a4b5c6d7e8f9"
_KINDS = [kind.value for kind in EventKind]
_WANTED: JsonDict = {
    "url": "https://chat.example.org/hooks/terrace",
    "events": ["post.published", "message.received"],
    "description": "The team's chat",
    "is_active": True,
}
_WEBHOOK: JsonDict = {
    "id": ID,
    **_WANTED,
    "created_at": "2026-03-01T09:00:00Z",
    "failing_since": None,
    "previous_secret_until": None,
    "version": 1,
}
_BODY: dict[str, Any] = {
    "type": "post.published",
    "timestamp": "2026-03-01T09:05:00Z",
    "data": {"id": "5eed5eed5eed5eed5eed5eed5eed5eed", "slug": "a-post", "title": "A post", "lang": "en"},
}
_ATTEMPT: JsonDict = {
    "at": "2026-03-01T09:05:01Z",
    "status": 204,
    "body": "",
    "milliseconds": 84,
    "trouble": "",
}
_DELIVERY: JsonDict = {
    "id": DELIVERY_ID,
    "event_id": "msg_0123456789abcdef0123456789abcdef",
    "type": "post.published",
    "state": "done",
    "attempts": 1,
    "created_at": "2026-03-01T09:05:00Z",
    "next_at": None,
    "body": json.dumps(_BODY, separators=(",", ":")),
    "answers": [_ATTEMPT],
}
EventWanted = Annotated[str, Field(json_schema_extra={"enum": [*_KINDS]})]


class WebhookBody(Wanted):
    """Where events go, and which. *url* is public and begins with `https://`."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WANTED]})

    url: Annotated[str, Field(json_schema_extra={"maxLength": URL_LENGTH})]
    events: list[EventWanted]
    description: Annotated[str, Field(json_schema_extra={"maxLength": DESCRIPTION_LENGTH})] = ""
    is_active: Annotated[bool, Field(description="Nothing is told to a webhook that is paused.")] = True

    @classmethod
    def of(cls, webhook: Webhook) -> WebhookBody:
        events = [event.value for event in webhook.events]
        return cls(url=webhook.url, events=events, description=webhook.description, is_active=webhook.is_active)

    @property
    def wanted(self) -> WebhookWanted:
        return WebhookWanted(
            url=self.url, events=tuple(self.events), description=self.description, is_active=self.is_active
        )


class WebhookShown(Shown):
    """A webhook without its secret. One that fails for three days is paused, and the owners are told by mail."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WEBHOOK]})

    id: str
    url: str
    events: list[str]
    description: str
    is_active: bool
    created_at: MomentShown
    failing_since: Annotated[MomentShown | None, Field(description="Since when nothing arrives.")]
    previous_secret_until: Annotated[
        MomentShown | None, Field(description="Until when events are signed with the secret before as well.")
    ]
    version: int

    @classmethod
    def of(cls, webhook: Webhook) -> WebhookShown:
        return cls(**_values(webhook))


class WebhooksShown(Shown):
    """In the order in which they were made; a site has twenty at most."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_WEBHOOK], "next_cursor": None}]})

    items: list[WebhookShown]
    next_cursor: str | None = None


class NewSecretShown(WebhookShown):
    """*secret* verifies what is sent. It is told this once."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_WEBHOOK, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw…"}]}
    )

    secret: Annotated[
        str,
        Field(description=f"The one before is good for {SECRETS_OVERLAP.total_seconds() / 3600:.0f} hours more."),
    ]

    @classmethod
    def made(cls, made: MadeWebhook) -> NewSecretShown:
        return cls(**_values(made.webhook), secret=made.secret)


class AttemptShown(Shown):
    """*status* is null when there was no answer; *trouble* then says why."""

    at: MomentShown
    status: int | None
    body: Annotated[str, Field(description="The first 1,024 bytes of the answer.")]
    milliseconds: int
    trouble: Trouble

    @classmethod
    def of(cls, attempt: Attempt) -> AttemptShown:
        reply = attempt.reply
        return cls(at=attempt.at, status=reply.status, body=reply.body, milliseconds=reply.ms, trouble=reply.trouble)


class DeliveryShown(Shown):
    """*event_id* is what the receiver gets as `webhook-id`; *body* is what was signed, byte for byte."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DELIVERY]})

    id: str
    event_id: str
    type: str
    state: DeliveryState
    attempts: Annotated[int, Field(description="How often it was tried since it was asked for.")]
    created_at: MomentShown
    next_at: Annotated[MomentShown | None, Field(description="When it will be tried again.")]
    body: str
    answers: list[AttemptShown]

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryShown:
        return cls(
            id=delivery.id,
            event_id=delivery.event_id,
            type=delivery.kind,
            state=delivery.state,
            attempts=delivery.attempts,
            created_at=delivery.created_at,
            next_at=delivery.next_at,
            body=delivery.body,
            answers=[AttemptShown.of(attempt) for attempt in delivery.answers],
        )


class DeliveriesShown(Shown):
    """Newest first; they are kept for 30 days."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_DELIVERY], "next_cursor": None}]})

    items: list[DeliveryShown]
    next_cursor: str | None


def _values(webhook: Webhook) -> dict[str, Any]:
    return {
        **{name: getattr(webhook, name) for name in ("id", "url", "description", "is_active", "version")},
        "events": [event.value for event in webhook.events],
        "created_at": webhook.created_at,
        "failing_since": webhook.failing_since,
        "previous_secret_until": webhook.previous_until,
    }
