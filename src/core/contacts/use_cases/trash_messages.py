from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.contacts.limits import refuse_number
from core.contacts.storage import MessageStorage
from core.errors import StaleVersion
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction
from core.trash import KEPT_IN_TRASH


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashMessages:
    """Who may, throws messages away: they can be taken back for 30 days; how many there were. Refused with Invalid for
    none or too many; with *expected*, for one, MessageNotFound or StaleVersion."""

    access: Access
    messages: MessageStorage
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, message_ids: Sequence[str], *, expected: int | None = None) -> int:
        self.access.require(Action.DELETE_MESSAGE)
        refuse_number(message_ids)
        if expected is not None and expected != (current := await self.messages.get(message_ids[0])).version:
            raise StaleVersion(current=current.version)
        now = self.clock.now()
        trashed = await self.messages.set_trashed(message_ids, now)
        if trashed:
            subject = message_ids[0] if len(message_ids) == 1 else ""
            await self.audit.record(Action.DELETE_MESSAGE, subject=subject, after={"messages": str(trashed)})
            await self.tasks.add(TaskKind.EXPIRE_MESSAGES, due_at=now + KEPT_IN_TRASH)
            await self.transaction.commit()
        return trashed
