from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import MediaKey
from core.media.storage import Files
from core.tasks import Task, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteFiles:
    """The runner deletes the objects that the payload names from the bucket, those that are gone already too. Refused
    with TaskTaken, or Unavailable when the store does not answer."""

    access: Access
    files: Files
    tasks: TaskStorage
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.DELETE_FILES)
        for key in task.payload:
            await self.files.delete(MediaKey(key))
        await self.tasks.finish(task)
        await self.transaction.commit()
