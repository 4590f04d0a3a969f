from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction
from core.webhooks.deliveries import KEPT
from core.webhooks.storage import DeliveryStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDeliveries:
    """The runner forgets deliveries of more than 30 days ago, and comes back when the next one is as old. Refused with
    TaskTaken."""

    access: Access
    deliveries: DeliveryStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.EXPIRE_DELIVERIES)
        await self.deliveries.delete_older(self.clock.now() - KEPT)
        oldest = await self.deliveries.oldest()
        if oldest is not None:
            await self.tasks.add(TaskKind.EXPIRE_DELIVERIES, due_at=oldest + KEPT)
        await self.tasks.finish(task)
        await self.transaction.commit()
