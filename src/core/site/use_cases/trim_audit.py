from dataclasses import dataclass
from datetime import timedelta

from core.access import Access, Action
from core.clock import Clock
from core.site.audit_log import AuditLog
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction

DAILY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimAudit:
    """The runner takes away the lines of the log that are too old; not before a day has passed it looks again, and not
    before a line will be too old. Refused with TaskTaken."""

    access: Access
    audit_log: AuditLog
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.TRIM_AUDIT)
        trimmed = await self.audit_log.trim()
        if trimmed.next_due is not None:
            due_at = max(self.clock.now() + DAILY, trimmed.next_due)
            await self.tasks.add(TaskKind.TRIM_AUDIT, due_at=due_at)
        await self.tasks.finish(task)
        await self.transaction.commit()
