from dataclasses import dataclass

from core.access import Access, Action
from core.webhooks.deliveries import Delivery, DeliveryId
from core.webhooks.entities import WebhookId
from core.webhooks.storage import DeliveryStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDelivery:
    """An owner reads what was sent, and what was answered at each try. Refused with DeliveryNotFound."""

    access: Access
    deliveries: DeliveryStorage

    async def __call__(self, webhook_id: WebhookId, delivery_id: DeliveryId) -> Delivery:
        self.access.require(Action.READ_DELIVERIES)
        return await self.deliveries.get(webhook_id, delivery_id)
