from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.tasks import TaskId, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryTask:
    """The operator has a task that waits or has failed tried again at once. Refused with TaskNotFound."""

    access: Access
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task_id: TaskId) -> None:
        self.access.require(Action.RETRY_TASK)
        await self.tasks.retry(task_id, now=self.clock.now())
        await self.transaction.commit()
