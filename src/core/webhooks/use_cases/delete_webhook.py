from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.errors import StaleVersion
from core.transaction import Transaction
from core.webhooks.entities import WebhookId, facts_of_webhook
from core.webhooks.storage import WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhook:
    """An owner ends it, its log with it. Refused with WebhookNotFound or StaleVersion."""

    access: Access
    webhooks: WebhookStorage
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, webhook_id: WebhookId, *, expected: int | None = None) -> None:
        self.access.require(Action.EDIT_WEBHOOKS)
        webhook = await self.webhooks.get(webhook_id)
        if expected is not None and expected != webhook.version:
            raise StaleVersion(current=webhook.version)
        await self.webhooks.delete(webhook.id)
        before = facts_of_webhook(webhook)
        await self.audit.record(Action.EDIT_WEBHOOKS, subject=webhook.id, label=webhook.host, before=before)
        await self.transaction.commit()
