"""Webhooks and deliveries as their pages show them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.events import EventKind
from core.text import N_
from core.webhooks.deliveries import TEST_KIND, Attempt, Delivery, DeliveryState, Trouble
from core.webhooks.entities import Webhook
from entrypoints.http.translations import Catalogue
from entrypoints.web.views.webhooks import DeliveryItem, EventChoice, TryItem, WebhookItem

EVENT = "event-"
EVENTS: Mapping[str, str] = {
    EventKind.POST_PUBLISHED: N_("A post or page was published"),
    EventKind.POST_UPDATED: N_("A published post or page was changed"),
    EventKind.POST_WITHDRAWN: N_("A post or page was taken off the site"),
    EventKind.POST_TRASHED: N_("A published post or page was moved to the trash"),
    EventKind.QUESTION_PUBLISHED: N_("A question was published"),
    EventKind.QUESTION_UPDATED: N_("A published question was changed"),
    EventKind.QUESTION_WITHDRAWN: N_("A question was taken off the matrix"),
    EventKind.SUGGESTION_RECEIVED: N_("Somebody suggested a question"),
    EventKind.MESSAGE_RECEIVED: N_("A message came"),
    EventKind.USER_JOINED: N_("Somebody accepted an invitation"),
    TEST_KIND: N_("Test event"),
}
STATES = {
    DeliveryState.WAITING: N_("waiting"),
    DeliveryState.DONE: N_("delivered"),
    DeliveryState.FAILED: N_("not delivered"),
}
TROUBLES = {
    Trouble.TIMEOUT: N_("No answer within 10 seconds"),
    Trouble.UNREACHABLE: N_("Not reachable"),
    Trouble.CERTIFICATE: N_("The certificate is not valid"),
    Trouble.PRIVATE: N_("Refused: it leads to a private network"),
    Trouble.INSECURE: N_("Refused: it leads to an address without https://"),
    Trouble.REDIRECTS: N_("It leads on to other addresses again and again"),
}
_STATUS = N_("Answer %(status)d")


def webhook_item(webhook: Webhook, catalogue: Catalogue) -> WebhookItem:
    return WebhookItem(
        id=webhook.id,
        url=webhook.url,
        host=webhook.host,
        description=webhook.description,
        events=tuple(catalogue.gettext(EVENTS[event]) for event in webhook.events),
        is_active=webhook.is_active,
        created_at=webhook.created_at,
        failing_since=webhook.failing_since,
        previous_until=webhook.previous_until,
    )


def delivery_item(delivery: Delivery, catalogue: Catalogue) -> DeliveryItem:
    return DeliveryItem(
        id=delivery.id,
        desk_url=f"/admin/webhooks/{delivery.webhook_id}/deliveries/{delivery.id}",
        event=catalogue.gettext(EVENTS[delivery.kind]) if delivery.kind in EVENTS else delivery.kind,
        key=delivery.kind,
        created_at=delivery.created_at,
        state=delivery.state.value,
        said=catalogue.gettext(STATES[delivery.state]),
        last=_answer(delivery.answers[-1], catalogue) if delivery.answers else "",
        next_at=delivery.next_at if delivery.is_waiting and delivery.attempts else None,
    )


def try_items(delivery: Delivery, catalogue: Catalogue) -> tuple[TryItem, ...]:
    """The latest first."""
    return tuple(
        TryItem(
            at=attempt.at,
            answer=_answer(attempt, catalogue),
            body=attempt.reply.body,
            is_success=attempt.reply.is_success,
            ms=attempt.reply.ms,
        )
        for attempt in reversed(delivery.answers)
    )


def event_choices(catalogue: Catalogue, values: Mapping[str, str]) -> tuple[EventChoice, ...]:
    return tuple(
        EventChoice(
            name=EVENT + kind.value,
            key=kind.value,
            label=catalogue.gettext(EVENTS[kind]),
            is_chosen=EVENT + kind.value in values,
        )
        for kind in EventKind
    )


def readable(body: str) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2)


def _answer(attempt: Attempt, catalogue: Catalogue) -> str:
    """Redirects that nobody follows have a status and a trouble."""
    reply = attempt.reply
    if reply.trouble is not Trouble.NONE:
        return catalogue.gettext(TROUBLES[reply.trouble])
    return catalogue.gettext(_STATUS) % {"status": reply.status or 0}
