from dataclasses import dataclass

from core.access import Access, Action
from core.tasks import Task, TaskId, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTask:
    """The operator has a task that has failed for good forgotten: nobody does it any more. Refused with TaskNotFound,
    also for one that is still tried."""

    access: Access
    tasks: TaskStorage
    transaction: Transaction

    async def __call__(self, task_id: TaskId) -> Task:
        self.access.require(Action.RETRY_TASK)
        dropped = await self.tasks.drop(task_id)
        await self.transaction.commit()
        return dropped
