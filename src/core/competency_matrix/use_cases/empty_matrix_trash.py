from dataclasses import dataclass
from datetime import timedelta

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.storage import QuestionStorage
from core.tasks import Task, TaskStorage
from core.transaction import Transaction
from core.trash import KEPT_IN_TRASH


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyMatrixTrash:
    """The runner deletes for good the questions that have lain in the trash for 30 days. Refused with TaskTaken."""

    access: Access
    questions: QuestionStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.EMPTY_TRASH)
        await self.questions.delete_trashed(before=self.clock.now() - KEPT_IN_TRASH + timedelta.resolution)
        await self.tasks.finish(task)
        await self.transaction.commit()
