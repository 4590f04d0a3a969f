from dataclasses import dataclass
from datetime import timedelta

from core.access import Access, Action
from core.blog.storage import PostStorage
from core.clock import Clock
from core.tasks import Task, TaskStorage
from core.transaction import Transaction
from core.trash import KEPT_IN_TRASH


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyTrash:
    """The runner deletes for good what has lain in the trash for 30 days. Refused with TaskTaken."""

    access: Access
    posts: PostStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.EMPTY_TRASH)
        await self.posts.delete_trashed(before=self.clock.now() - KEPT_IN_TRASH + timedelta.resolution)
        await self.tasks.finish(task)
        await self.transaction.commit()
