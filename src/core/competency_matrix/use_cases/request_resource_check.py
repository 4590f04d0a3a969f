from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestResourceCheck:
    """An editor has the runner look which links of the library are dead. Asked for twice it is done once."""

    access: Access
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self) -> None:
        self.access.require(Action.EDIT_RESOURCES)
        now = self.clock.now()
        await self.tasks.add(TaskKind.CHECK_RESOURCES, due_at=now, payload={"since": now.isoformat()})
        await self.transaction.commit()
