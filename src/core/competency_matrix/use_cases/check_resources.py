import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.links import LinkChecker
from core.competency_matrix.resources import Resource, ResourceStorage
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction

BATCH = 8
"""So many at once, so that one task is soon done however slow the addresses are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResources:
    """The runner looks which links of the library are dead, a few at a time: those that were not checked since it was
    asked for, or that one. Refused with TaskTaken."""

    access: Access
    resources: ResourceStorage
    links: LinkChecker
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.CHECK_RESOURCES)
        since = datetime.fromisoformat(task.payload["since"])
        due = await self._due(task, since)
        await self.transaction.rest()
        troubles = await asyncio.gather(*(self.links.check(resource.url) for resource in due))
        now = self.clock.now()
        for resource, trouble in zip(due, troubles, strict=True):
            await self.resources.save_check(replace(resource, checked_at=now, trouble=trouble))
        if len(due) == BATCH and not task.subject:
            await self.tasks.add(TaskKind.CHECK_RESOURCES, due_at=now, payload=task.payload)
        await self.tasks.finish(task)
        await self.transaction.commit()

    async def _due(self, task: Task, since: datetime) -> Sequence[Resource]:
        if task.subject:
            return await self.resources.list_many([task.subject])
        return await self.resources.list_unchecked(before=since, limit=BATCH)
