from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.secrets import SecretBox
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction
from core.webhooks.deliveries import KEPT, Delivery, DeliveryId, Reply, Trouble
from core.webhooks.entities import Webhook
from core.webhooks.farewell import Farewell
from core.webhooks.signing import Signatures, signed_headers
from core.webhooks.storage import Courier, DeliveryStorage, WebhookStorage
from core.webhooks.targets import TargetGuard


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverWebhook:
    """The runner tells one receiver of one event, once; what fails is tried again later. A receiver that has said
    nothing for days, or wants no more, is switched off and the owners hear of it. Refused with TaskTaken."""

    access: Access
    webhooks: WebhookStorage
    deliveries: DeliveryStorage
    courier: Courier
    guard: TargetGuard
    signatures: Signatures
    box: SecretBox
    farewell: Farewell
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.SEND_DELIVERY)
        delivery = await self.deliveries.find(DeliveryId(task.subject))
        if delivery is not None and delivery.is_waiting:
            await self._deliver(delivery, await self.webhooks.get(delivery.webhook_id))
        await self.tasks.finish(task)
        await self.transaction.commit()

    async def _deliver(self, delivery: Delivery, webhook: Webhook) -> None:
        now = self.clock.now()
        rests_until = webhook.rests_until(now)
        if not webhook.is_active:
            await self.deliveries.save(delivery.given_up())
        elif rests_until is not None:
            await self._save(delivery.postponed(rests_until))
        else:
            secrets = [self.box.open(sealed) for sealed in webhook.signing_secrets(now)]
            headers = signed_headers(self.signatures, secrets, event_id=delivery.event_id, at=now, body=delivery.body)
            await self.transaction.rest()  # who waits for a stranger holds no connection
            await self._conclude(delivery, await self.courier.post(webhook.url, delivery.body, headers))

    async def _conclude(self, delivery: Delivery, reply: Reply) -> None:
        now = self.clock.now()
        webhook = await self.webhooks.find_locked(delivery.webhook_id)
        if webhook is None:
            return
        if reply.trouble is Trouble.PRIVATE:
            self.guard.was_led_inside(webhook)
        if reply.is_success:
            await self.webhooks.note_health(webhook.answered())
        else:
            failing = webhook.failed(now=now, is_silent=reply.trouble is Trouble.TIMEOUT)
            await self.webhooks.note_health(failing)
            if webhook.is_active and (reply.is_farewell or failing.is_given_up(now)):
                await self.farewell.say(failing, now=now)
        await self._save(delivery.attempted(reply, at=now))
        await self.tasks.add(TaskKind.EXPIRE_DELIVERIES, due_at=delivery.created_at + KEPT)

    async def _save(self, delivery: Delivery) -> None:
        await self.deliveries.save(delivery)
        if delivery.next_at is not None:
            await self.tasks.add(TaskKind.DELIVER_WEBHOOK, subject=delivery.id, due_at=delivery.next_at)
