"""What follows when nobody is told any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.access import Action
from core.audit import AuditTrail
from core.mail import Letter, LetterKind, Outbox
from core.webhooks.entities import Webhook, facts_of_webhook
from core.webhooks.storage import OwnerDirectory, WebhookStorage

DESK = "/admin/webhooks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    webhooks: WebhookStorage
    owners: OwnerDirectory
    outbox: Outbox
    audit: AuditTrail

    async def say(self, webhook: Webhook, *, now: datetime) -> None:
        """Switch off *webhook*, which fails, and tell the owners."""
        off = await self.webhooks.save(webhook.switched_off())
        since = (webhook.failing_since or now).isoformat()
        values = {"receiver": webhook.host, "at": since, "path": f"{DESK}/{webhook.id}"}
        for owner in await self.owners.list_owners():
            await self.outbox.post(
                Letter(kind=LetterKind.WEBHOOK_OFF, to=owner.email, values=values, lang=owner.locale)
            )
        before, after = facts_of_webhook(webhook), facts_of_webhook(off)
        await self.audit.record(Action.EDIT_WEBHOOKS, subject=off.id, label=off.host, before=before, after=after)
