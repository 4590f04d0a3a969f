from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.transaction import Transaction
from core.webhooks.entities import Webhook, WebhookId, facts_of_webhook
from core.webhooks.storage import WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseWebhook:
    """An owner has nothing more told to it, or lets it hear again of what happens from now on. Unchanged when it is so
    already. Refused with WebhookNotFound."""

    access: Access
    webhooks: WebhookStorage
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, webhook_id: WebhookId, *, is_active: bool) -> Webhook:
        self.access.require(Action.EDIT_WEBHOOKS)
        webhook = await self.webhooks.get(webhook_id)
        if webhook.is_active is is_active:
            return webhook
        changed = replace(webhook, is_active=True, failing_since=None) if is_active else webhook.switched_off()
        saved = await self.webhooks.save(changed)
        before, after = facts_of_webhook(webhook), facts_of_webhook(saved)
        await self.audit.record(Action.EDIT_WEBHOOKS, subject=webhook.id, label=saved.host, before=before, after=after)
        await self.transaction.commit()
        return saved
