from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.limits import RateLimiter
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction
from core.webhooks.deliveries import Delivery, DeliveryId
from core.webhooks.entities import ASKED_PER_SITE, WebhookId
from core.webhooks.errors import DeliveryWaiting, WebhookPaused
from core.webhooks.storage import DeliveryStorage, WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeliver:
    """An owner has the same event sent once more, under the same id, with all its tries.

    Refused with WebhookNotFound, DeliveryNotFound, DeliveryWaiting, WebhookPaused or TooMany.
    """

    access: Access
    webhooks: WebhookStorage
    deliveries: DeliveryStorage
    limiter: RateLimiter
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, webhook_id: WebhookId, delivery_id: DeliveryId) -> Delivery:
        self.access.require(Action.REDELIVER)
        webhook = await self.webhooks.get(webhook_id)
        delivery = await self.deliveries.get(webhook.id, delivery_id)
        if delivery.is_waiting:
            raise DeliveryWaiting
        if not webhook.is_active:
            raise WebhookPaused
        await self.limiter.hit(ASKED_PER_SITE, "site")
        again = delivery.begun_again(at=self.clock.now())
        await self.deliveries.save(again)
        await self.tasks.add(TaskKind.DELIVER_WEBHOOK, subject=again.id, due_at=self.clock.now())
        await self.transaction.commit()
        return again
