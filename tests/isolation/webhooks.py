"""A webhook of a site with a delivery, and what to send where webhooks are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core.webhooks.deliveries import DeliveryState, new_test
from core.webhooks.entities import WebhookWanted, new_webhook
from db.webhooks import SqlDeliveryStorage, SqlWebhookStorage
from tests.api.house import Site

API, DESK = "/api/v1/webhooks", "/admin/webhooks"
_ONE, _DELIVERY = "{webhook_id:str}", "{webhook_id:str}/deliveries/{delivery_id:str}"
_WANTED = {"url": "https://forged.example/", "events": ["message.received"]}
_TYPED = {"url": "https://forged.example/", "event-message.received": "yes"}
MOST = 10
SENT: dict[str, dict[str, Any]] = {
    f"POST {API}": {"json": _WANTED},
    f"PATCH {API}/{_ONE}": {"json": {"description": "Forged {tag}"}},
    f"DELETE {API}/{_ONE}": {},
    f"POST {API}/{_ONE}/secret": {},
    f"POST {API}/{_ONE}/tests": {},
    f"POST {API}/{_DELIVERY}/redelivery": {},
    f"POST {DESK}": {"data": _TYPED},
    f"POST {DESK}/{_ONE}": {"data": {**_TYPED, "description": "Forged {tag}"}},
    f"POST {DESK}/{_ONE}/pause": {"data": {}},
    f"POST {DESK}/{_ONE}/resumption": {"data": {}},
    f"POST {DESK}/{_ONE}/secret": {"data": {}},
    f"POST {DESK}/{_ONE}/deletion": {"data": {}},
    f"POST {DESK}/{_ONE}/tests": {"data": {}},
    f"POST {DESK}/{_DELIVERY}/redelivery": {"data": {}},
}


async def webhook_of(site: Site, word: str) -> dict[str, str]:
    """The ids of a new one and of what it was told. Nobody subscribes there to anything that these tests do, and older
    ones go: a site has so many and no more."""
    now = datetime.now(UTC)
    wanted = WebhookWanted(url=f"https://{word}.example/hook", events=("user.joined",), description=f"Secret {word}")
    webhook = new_webhook(wanted, f"sealed {word}", at=now)
    delivery = replace(new_test(webhook.id, at=now), state=DeliveryState.DONE, next_at=None)
    async with site.sessions.open(site.tenant) as session:
        storage = SqlWebhookStorage(session)
        for old in (await storage.list_all())[:-MOST]:
            await storage.delete(old.id)
        await storage.add(webhook)
        await SqlDeliveryStorage(session).add(delivery)
        await session.commit()
    return {"webhook_id": webhook.id, "delivery_id": delivery.id}
