from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from core.errors import StaleVersion
from core.pagination import NumberedPage
from core.webhooks.deliveries import Delivery, DeliveryId, Reply
from core.webhooks.entities import Webhook, WebhookId
from core.webhooks.errors import DeliveryNotFound, WebhookNotFound
from core.webhooks.storage import Owner


class MemoryDeliveries:
    def __init__(self) -> None:
        self.kept: dict[DeliveryId, Delivery] = {}

    async def list_page(self, webhook_id: WebhookId, *, number: int, size: int) -> NumberedPage[Delivery]:
        found = [one for one in self.kept.values() if one.webhook_id == webhook_id]
        found.sort(key=lambda one: (one.created_at, one.id), reverse=True)
        start = (number - 1) * size
        return NumberedPage(items=found[start : start + size], number=number, size=size, total=len(found))

    async def get(self, webhook_id: WebhookId, delivery_id: DeliveryId) -> Delivery:
        found = self.kept.get(delivery_id)
        if found is None or found.webhook_id != webhook_id:
            raise DeliveryNotFound
        return found

    async def find(self, delivery_id: DeliveryId) -> Delivery | None:
        return self.kept.get(delivery_id)

    async def add(self, delivery: Delivery) -> None:
        self.kept[delivery.id] = delivery

    async def save(self, delivery: Delivery) -> None:
        if delivery.id in self.kept:
            self.kept[delivery.id] = delivery

    async def delete_older(self, before: datetime) -> None:
        self.kept = {key: one for key, one in self.kept.items() if one.created_at > before}

    async def oldest(self) -> datetime | None:
        return min((one.created_at for one in self.kept.values()), default=None)


class MemoryWebhooks:
    def __init__(self, deliveries: MemoryDeliveries) -> None:
        self.kept: dict[WebhookId, Webhook] = {}
        self._deliveries = deliveries

    async def list_all(self) -> Sequence[Webhook]:
        return sorted(self.kept.values(), key=lambda one: (one.created_at, one.id))

    async def get(self, webhook_id: WebhookId) -> Webhook:
        if webhook_id not in self.kept:
            raise WebhookNotFound
        return self.kept[webhook_id]

    async def find_locked(self, webhook_id: WebhookId) -> Webhook | None:
        return self.kept.get(webhook_id)

    async def count(self) -> int:
        return len(self.kept)

    async def add(self, webhook: Webhook) -> None:
        self.kept[webhook.id] = webhook

    async def save(self, webhook: Webhook) -> Webhook:
        standing = await self.get(webhook.id)
        if standing.version != webhook.version:
            raise StaleVersion(current=standing.version)
        self.kept[webhook.id] = replace(webhook, version=webhook.version + 1)
        return self.kept[webhook.id]

    async def note_health(self, webhook: Webhook) -> None:
        if webhook.id in self.kept:
            self.kept[webhook.id] = replace(
                self.kept[webhook.id], failing_since=webhook.failing_since, resting_until=webhook.resting_until
            )

    async def delete(self, webhook_id: WebhookId) -> None:
        self.kept.pop(webhook_id, None)
        left = {key: one for key, one in self._deliveries.kept.items() if one.webhook_id != webhook_id}
        self._deliveries.kept = left


@dataclass(slots=True, kw_only=True)
class FakeCourier:
    """*sent* is what was posted: url, body, headers; *reply* what is said to it, and *meanwhile* what else happens."""

    reply: Reply = field(default_factory=lambda: Reply(status=204, ms=12))
    sent: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def post(self, url: str, body: str, headers: Mapping[str, str]) -> Reply:
        self.sent.append((url, body, headers))
        if self.meanwhile is not None:
            await self.meanwhile()
        return self.reply


class FakeSignatures:
    """Signs with the secret's end."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def make_secret(self) -> str:
        return f"whsec_{next(self._numbers)}"

    def sign(self, secret: str, *, event_id: str, at: datetime, body: str) -> str:
        return f"v1,{secret[-4:]}.{event_id}.{at.timestamp():.0f}.{len(body)}"


class FakeOwners:
    async def list_owners(self) -> Sequence[Owner]:
        return [Owner(email="owner@example.org", locale="ru"), Owner(email="second@example.org")]
