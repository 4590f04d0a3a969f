"""What is told of those who aim at what is not public."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import Access, Action
from core.audit import Refusals
from core.reach import Reach
from core.webhooks.entities import Webhook, is_private_target

PRIVATE_TARGET = "private_target"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGuard:
    """Notes refused targets in the site's log; the refusing itself is done by who asks."""

    access: Access
    refusals: Refusals
    reach: Reach

    def look_at(self, url: str) -> None:
        """*url* as somebody typed it."""
        if is_private_target(url.strip(), self.reach):
            self.refusals.note(Action.EDIT_WEBHOOKS, actor=self.access.actor, label=url.strip(), reason=PRIVATE_TARGET)

    def was_led_inside(self, webhook: Webhook) -> None:
        """Its name, or where it leads on to, had no public address."""
        actor = self.access.actor
        self.refusals.note(
            Action.SEND_DELIVERY, actor=actor, subject=webhook.id, label=webhook.url, reason=PRIVATE_TARGET
        )
