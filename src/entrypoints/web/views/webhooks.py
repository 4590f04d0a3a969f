"""Webhooks at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from entrypoints.web.views.forms import Form
from entrypoints.web.views.reading import Pagination


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChoice:
    """*key* is what programs call it."""

    name: str
    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookItem:
    """*events* in words. *failing_since* of one that is paused: it was switched off for that."""

    id: str
    url: str
    host: str
    description: str
    events: tuple[str, ...]
    is_active: bool
    created_at: datetime
    failing_since: datetime | None
    previous_until: datetime | None

    @property
    def desk_url(self) -> str:
        return f"/admin/webhooks/{self.id}"

    @property
    def name(self) -> str:
        return self.description or self.host


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryItem:
    """*state* for the style, *said* in words; *last* is what became of the latest try."""

    id: str
    desk_url: str
    event: str
    key: str
    created_at: datetime
    state: str
    said: str
    last: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TryItem:
    """*answer* in words; *body* is its beginning."""

    at: datetime
    answer: str
    body: str
    is_success: bool
    ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksPage:
    webhooks: tuple[WebhookItem, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookFormPage:
    """*webhook* is None for a new one."""

    form: Form
    events: tuple[EventChoice, ...]
    webhook: WebhookItem | None = None

    @property
    def action(self) -> str:
        return self.webhook.desk_url if self.webhook else "/admin/webhooks"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPage:
    """*secret* is there once, right after it was made; *pagination* is None for who may not read deliveries."""

    webhook: WebhookItem
    may_edit: bool
    may_send: bool
    deliveries: tuple[DeliveryItem, ...] = ()
    pagination: Pagination | None = None
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """*body* is what is sent, spaced for reading. *is_due*: it is about to be tried for the first time."""

    webhook: WebhookItem
    delivery: DeliveryItem
    event_id: str
    body: str
    tries: tuple[TryItem, ...]
    may_send: bool
    is_due: bool
