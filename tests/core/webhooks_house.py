"""A site that tells others what happens."""

from typing import Any

from core.events import EventKind
from core.reach import Reach
from core.tasks import Task, TaskKind
from core.webhooks.deliveries import Delivery, DeliveryId
from core.webhooks.entities import Webhook, WebhookId, WebhookWanted
from core.webhooks.farewell import Farewell
from core.webhooks.targets import TargetGuard
from tests.core.fakes.mail import FakeBox
from tests.core.fakes.webhooks import FakeCourier, FakeOwners, FakeSignatures, MemoryDeliveries, MemoryWebhooks
from tests.core.house import House
from tests.core.makers import NOW

URL = "https://receiver.example/hook"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WANTED = WebhookWanted(url=URL, events=("post.published",), description="The chat")
ID = WebhookId("one")


class WebhooksHouse(House):
    def __init__(self) -> None:
        super().__init__()
        self.deliveries = MemoryDeliveries()
        self.webhooks = MemoryWebhooks(self.deliveries)
        self.courier = FakeCourier()
        self.owners = FakeOwners()
        self.signatures = FakeSignatures()
        self.box = FakeBox()
        self.reach = Reach()
        self.transaction.join(self.webhooks, self.deliveries)

    @property
    def guard(self) -> TargetGuard:
        return self.make(TargetGuard)

    @property
    def farewell(self) -> Farewell:
        return self.make(Farewell)

    def has_webhook(self, **changes: Any) -> Webhook:
        made = webhook(**changes)
        self.webhooks.kept[made.id] = made
        self.transaction.settle()
        return made

    def has_delivery(self, key: str = "first", **changes: Any) -> Delivery:
        made = delivery(key, **changes)
        self.deliveries.kept[made.id] = made
        self.transaction.settle()
        return made

    def is_asked_to_deliver(self, key: str = "first") -> Task:
        return self.has_task(TaskKind.DELIVER_WEBHOOK, subject=key)


def webhook(**changes: Any) -> Webhook:
    plain: dict[str, Any] = {
        "id": ID,
        "url": URL,
        "events": (EventKind.POST_PUBLISHED,),
        "description": "The chat",
        "secret": SECRET[::-1],
        "created_at": NOW,
    }
    return Webhook(**{**plain, **changes})


def delivery(key: str = "first", **changes: Any) -> Delivery:
    plain: dict[str, Any] = {
        "id": DeliveryId(key),
        "webhook_id": ID,
        "event_id": f"msg_{key}",
        "kind": "post.published",
        "subject": "post",
        "body": '{"type":"post.published"}',
        "created_at": NOW,
        "next_at": NOW,
    }
    return Delivery(**{**plain, **changes})
