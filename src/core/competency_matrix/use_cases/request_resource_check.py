from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.resources import ResourceStorage
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestResourceCheck:
    """An editor has the runner look which links of the library are dead, or whether that of one resource is. Asked for
    twice it is done once. Refused with ResourceNotFound."""

    access: Access
    resources: ResourceStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, resource_id: str | None = None) -> None:
        self.access.require(Action.EDIT_RESOURCES)
        subject = (await self.resources.get(resource_id)).id if resource_id is not None else ""
        now = self.clock.now()
        await self.tasks.add(TaskKind.CHECK_RESOURCES, subject=subject, due_at=now, payload={"since": now.isoformat()})
        await self.transaction.commit()
