from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.errors import StaleVersion, refuse_if_any
from core.site.audit_log import AuditLog, days_problem
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditAudit:
    """The owner decides for how many days the log is kept. Refused with Invalid, or StaleVersion when it
    is kept for other than *expected*."""

    access: Access
    audit_log: AuditLog
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, days: int, *, expected: int | None = None) -> int:
        self.access.require(Action.EDIT_AUDIT)
        problem = days_problem(days)
        refuse_if_any([problem] if problem else [])
        before = await self.audit_log.get_days()
        if expected is not None and expected != before:
            raise StaleVersion(current=before)
        if before == days:
            return before
        await self.audit_log.keep_for(days)
        await self.tasks.add(TaskKind.TRIM_AUDIT, due_at=self.clock.now())
        await self.audit.record(Action.EDIT_AUDIT, before={"days": str(before)}, after={"days": str(days)})
        await self.transaction.commit()
        return days
