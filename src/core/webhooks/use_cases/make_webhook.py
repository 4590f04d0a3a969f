from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.reach import Reach
from core.secrets import SecretBox
from core.transaction import Transaction
from core.webhooks.entities import WEBHOOKS_MAX, MadeWebhook, WebhookWanted, facts_of_webhook, new_webhook
from core.webhooks.errors import TooManyWebhooks
from core.webhooks.signing import Signatures
from core.webhooks.storage import WebhookStorage
from core.webhooks.targets import TargetGuard


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeWebhook:
    """An owner has somebody told of what happens. The secret that signs it is told this once.

    Refused with Invalid (each field named) or TooManyWebhooks.
    """

    access: Access
    webhooks: WebhookStorage
    reach: Reach
    guard: TargetGuard
    signatures: Signatures
    box: SecretBox
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, wanted: WebhookWanted) -> MadeWebhook:
        self.access.require(Action.EDIT_WEBHOOKS)
        self.guard.look_at(wanted.url)
        wanted.check(self.reach)
        if await self.webhooks.count() >= WEBHOOKS_MAX:
            raise TooManyWebhooks(limit=WEBHOOKS_MAX)
        secret = self.signatures.make_secret()
        webhook = new_webhook(wanted, self.box.seal(secret), at=self.clock.now())
        await self.webhooks.add(webhook)
        after = facts_of_webhook(webhook)
        await self.audit.record(Action.EDIT_WEBHOOKS, subject=webhook.id, label=webhook.host, after=after)
        await self.transaction.commit()
        return MadeWebhook(webhook=webhook, secret=secret)
