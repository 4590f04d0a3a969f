from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.tasks import Task, TaskStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTasks:
    """The operator sees what is due at a site, is being done, or has failed."""

    access: Access
    tasks: TaskStorage

    async def __call__(self) -> Sequence[Task]:
        self.access.require(Action.LIST_TASKS)
        return await self.tasks.list_all()
