from dataclasses import dataclass

from core.access import Access, Action
from core.pagination import NumberedPage
from core.webhooks.deliveries import Delivery
from core.webhooks.entities import WebhookId
from core.webhooks.errors import DeliveryNotFound
from core.webhooks.storage import DeliveryStorage, WebhookStorage

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeliveries:
    """An owner sees what a webhook was told in the last 30 days and what it said. Refused with WebhookNotFound, or
    DeliveryNotFound for a page that is not there."""

    access: Access
    webhooks: WebhookStorage
    deliveries: DeliveryStorage

    async def __call__(self, webhook_id: WebhookId, number: int = 1, size: int = PER_PAGE) -> NumberedPage[Delivery]:
        self.access.require(Action.READ_DELIVERIES)
        webhook = await self.webhooks.get(webhook_id)
        page = await self.deliveries.list_page(webhook.id, number=number, size=size)
        if page.is_out_of_range:
            raise DeliveryNotFound
        return page
