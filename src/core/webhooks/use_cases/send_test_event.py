from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.limits import RateLimiter
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction
from core.webhooks.deliveries import Delivery, new_test
from core.webhooks.entities import ASKED_PER_SITE, WebhookId
from core.webhooks.errors import WebhookPaused
from core.webhooks.storage import DeliveryStorage, WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTestEvent:
    """An owner sees whether a receiver hears: it gets an event `webhook.test`, whatever it subscribed to.

    Refused with WebhookNotFound, WebhookPaused or TooMany.
    """

    access: Access
    webhooks: WebhookStorage
    deliveries: DeliveryStorage
    limiter: RateLimiter
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, webhook_id: WebhookId) -> Delivery:
        self.access.require(Action.REDELIVER)
        webhook = await self.webhooks.get(webhook_id)
        if not webhook.is_active:
            raise WebhookPaused
        await self.limiter.hit(ASKED_PER_SITE, "site")
        delivery = new_test(webhook.id, at=self.clock.now())
        await self.deliveries.add(delivery)
        await self.tasks.add(TaskKind.DELIVER_WEBHOOK, subject=delivery.id, due_at=delivery.created_at)
        await self.transaction.commit()
        return delivery
