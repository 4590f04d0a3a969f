from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditEvent
from core.pagination import Slice
from core.site.audit_log import AuditFilter, AuditLog

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAuditEvents:
    """Who may, sees who did what and who was refused what, the newest first. Refused with Invalid (cursor)."""

    access: Access
    audit_log: AuditLog

    async def __call__(self, wanted: AuditFilter, *, cursor: str | None = None, limit: int = MOST) -> Slice[AuditEvent]:
        self.access.require(Action.READ_AUDIT)
        return await self.audit_log.list_events(wanted, cursor=cursor, limit=min(limit, MOST))
