from collections.abc import AsyncGenerator
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditEvent
from core.pagination import Slice
from core.site.audit_log import AuditFilter, AuditLog
from core.transaction import Transaction

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAuditEvents:
    """Who may, takes along all lines of the log that she asks for, the newest first.

    What is written meanwhile is not among them.
    """

    access: Access
    audit_log: AuditLog
    transaction: Transaction

    async def __call__(self, wanted: AuditFilter) -> AsyncGenerator[AuditEvent, None]:
        self.access.require(Action.EXPORT_AUDIT)
        return self._events(wanted, await self._batch(wanted, None))

    async def _events(self, wanted: AuditFilter, batch: Slice[AuditEvent]) -> AsyncGenerator[AuditEvent, None]:
        while True:
            for event in batch.items:
                yield event
            if batch.next_cursor is None:
                return
            batch = await self._batch(wanted, batch.next_cursor)

    async def _batch(self, wanted: AuditFilter, cursor: str | None) -> Slice[AuditEvent]:
        """No connection is held while a client takes its time."""
        batch = await self.audit_log.list_events(wanted, cursor=cursor, limit=BATCH)
        await self.transaction.rest()
        return batch
