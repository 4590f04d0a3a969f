from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.errors import StaleVersion
from core.secrets import SecretBox
from core.transaction import Transaction
from core.webhooks.entities import MadeWebhook, WebhookId
from core.webhooks.signing import Signatures
from core.webhooks.storage import WebhookStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateSecret:
    """An owner takes a new secret, which is told this once; the one before signs beside it for a day.

    Refused with WebhookNotFound or StaleVersion.
    """

    access: Access
    webhooks: WebhookStorage
    signatures: Signatures
    box: SecretBox
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, webhook_id: WebhookId, *, expected: int | None = None) -> MadeWebhook:
        self.access.require(Action.EDIT_WEBHOOKS)
        webhook = await self.webhooks.get(webhook_id)
        if expected is not None and expected != webhook.version:
            raise StaleVersion(current=webhook.version)
        secret = self.signatures.make_secret()
        saved = await self.webhooks.save(webhook.rotated(self.box.seal(secret), now=self.clock.now()))
        until = saved.previous_until.isoformat(timespec="seconds") if saved.previous_until else ""
        after = {"previous_until": until}
        await self.audit.record(Action.EDIT_WEBHOOKS, subject=saved.id, label=saved.host, after=after)
        await self.transaction.commit()
        return MadeWebhook(webhook=saved, secret=secret)
