"""Webhooks and deliveries: many kinds of them, and none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from entrypoints.web import views
from entrypoints.web.views import webhooks

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
WEBHOOK = webhooks.WebhookItem(
    id="a1",
    url="https://receiver.example/<hook>",
    host="receiver.example",
    description="The <chat>",
    events=("A message came", "A question was published"),
    is_active=True,
    created_at=NOW,
    failing_since=NOW,
    previous_until=NOW,
)
BARE = replace(WEBHOOK, id="a2", description="", failing_since=None, previous_until=None)
OFF = replace(WEBHOOK, id="a3", is_active=False)
PAUSED = replace(BARE, id="a4", is_active=False)
FAILED = webhooks.DeliveryItem(
    id="d1",
    desk_url="/admin/webhooks/a1/deliveries/d1",
    event="A message came",
    key="message.received",
    created_at=NOW,
    state="failed",
    said="not delivered",
    last="Answer 500",
    next_at=NOW,
)
WAITING = replace(FAILED, id="d2", state="waiting", last="", next_at=None)
TRIES = (
    webhooks.TryItem(at=NOW, answer="Answer 500", body="<no>", is_success=False, ms=12),
    webhooks.TryItem(at=NOW, answer="Answer 204", body="", is_success=True, ms=1),
)
EVENTS = tuple(
    webhooks.EventChoice(name=f"event-{number}", key="post.published", label="A post", is_chosen=bool(number))
    for number in range(2)
)
FIELDS = ("url", "description", "events", "version")
REFUSED = views.Form(values=dict.fromkeys(FIELDS, "x"), errors=dict.fromkeys(FIELDS, "No."), message="No.")
MANY = views.Pagination(number=2, last=3, total=120, previous_url="?page=1", next_url="?page=3")
ONE = views.Pagination(number=1, last=1, total=0)
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    """Template, path, a page with everything, a page with as little as it may have."""
    yield (
        "admin/webhooks/index.html",
        "/admin/webhooks",
        webhooks.WebhooksPage(webhooks=(WEBHOOK, BARE, OFF, PAUSED), may_edit=True),
        webhooks.WebhooksPage(webhooks=(), may_edit=False),
    )
    yield (
        "admin/webhooks/edit.html",
        "/admin/webhooks/new",
        webhooks.WebhookFormPage(form=REFUSED, events=EVENTS, webhook=WEBHOOK),
        webhooks.WebhookFormPage(form=views.Form(), events=()),
    )
    yield (
        "admin/webhooks/show.html",
        WEBHOOK.desk_url,
        webhooks.WebhookPage(
            webhook=WEBHOOK,
            may_edit=True,
            may_send=True,
            deliveries=(FAILED, WAITING),
            pagination=MANY,
            secret="whsec_4fVqXbwQ2x",
        ),
        webhooks.WebhookPage(webhook=PAUSED, may_edit=False, may_send=False),
    )
    yield (
        "admin/webhooks/show.html",
        OFF.desk_url,
        webhooks.WebhookPage(webhook=OFF, may_edit=True, may_send=True, pagination=ONE),
        webhooks.WebhookPage(webhook=BARE, may_edit=False, may_send=True),
    )
    yield (
        "admin/webhooks/delivery.html",
        FAILED.desk_url,
        webhooks.DeliveryPage(
            webhook=WEBHOOK,
            delivery=FAILED,
            event_id="msg_1",
            body='{"type": "<message.received>"}',
            tries=TRIES,
            may_send=True,
            is_due=False,
        ),
        webhooks.DeliveryPage(
            webhook=BARE, delivery=WAITING, event_id="msg_2", body="{}", tries=(), may_send=False, is_due=True
        ),
    )
