from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.contacts.storage import FormStorage, MessageStorage
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireMessages:
    """The runner erases messages whose time is over, and comes back when the next one's is. Refused with TaskTaken."""

    access: Access
    forms: FormStorage
    messages: MessageStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.EXPIRE_MESSAGES)
        keeping = (await self.forms.form()).keeping
        await self.messages.expire(keeping, now=self.clock.now())
        next_end = await self.messages.next_end(keeping)
        if next_end is not None:
            await self.tasks.add(TaskKind.EXPIRE_MESSAGES, due_at=next_end)
        await self.tasks.finish(task)
        await self.transaction.commit()
