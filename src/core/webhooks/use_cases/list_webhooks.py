from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.webhooks.entities import Webhook
from core.webhooks.storage import WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWebhooks:
    """An owner sees who is told of what, and how that goes: never the secrets."""

    access: Access
    webhooks: WebhookStorage

    async def __call__(self) -> Sequence[Webhook]:
        self.access.require(Action.LIST_WEBHOOKS)
        return await self.webhooks.list_all()
