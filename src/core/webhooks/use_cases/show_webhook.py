from dataclasses import dataclass

from core.access import Access, Action
from core.webhooks.entities import Webhook, WebhookId
from core.webhooks.storage import WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowWebhook:
    """An owner looks at one. Refused with WebhookNotFound."""

    access: Access
    webhooks: WebhookStorage

    async def __call__(self, webhook_id: WebhookId) -> Webhook:
        self.access.require(Action.LIST_WEBHOOKS)
        return await self.webhooks.get(webhook_id)
