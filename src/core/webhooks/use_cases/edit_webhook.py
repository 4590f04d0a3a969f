from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.errors import StaleVersion
from core.reach import Reach
from core.transaction import Transaction
from core.webhooks.entities import Webhook, WebhookId, WebhookWanted, facts_of_webhook
from core.webhooks.storage import WebhookStorage
from core.webhooks.targets import TargetGuard


@dataclass(frozen=True, slots=True, kw_only=True)
class EditWebhook:
    """An owner changes where it goes and of what it tells, pauses or resumes it. Unchanged when nothing is different.

    Refused with WebhookNotFound, StaleVersion or Invalid (each field named).
    """

    access: Access
    webhooks: WebhookStorage
    reach: Reach
    guard: TargetGuard
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, webhook_id: WebhookId, wanted: WebhookWanted, *, expected: int | None = None) -> Webhook:
        self.access.require(Action.EDIT_WEBHOOKS)
        webhook = await self.webhooks.get(webhook_id)
        if expected is not None and expected != webhook.version:
            raise StaleVersion(current=webhook.version)
        self.guard.look_at(wanted.url)
        wanted.check(self.reach)
        edited = webhook.edited(wanted)
        if edited == webhook:
            return webhook
        saved = await self.webhooks.save(edited)
        before, after = facts_of_webhook(webhook), facts_of_webhook(saved)
        await self.audit.record(Action.EDIT_WEBHOOKS, subject=webhook.id, label=saved.host, before=before, after=after)
        await self.transaction.commit()
        return saved
