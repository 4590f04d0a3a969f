from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.contacts.entities import Message
from core.contacts.limits import EXPORT_SLICE
from core.contacts.storage import MessageQuery, MessageStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMessages:
    """Who may, takes the messages of a folder along, in parts, newest first. That it was done is recorded before the
    first of them."""

    access: Access
    messages: MessageStorage
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, query: MessageQuery) -> AsyncIterator[Sequence[Message]]:
        self.access.require(Action.EXPORT_MESSAGES)
        await self.audit.record(Action.EXPORT_MESSAGES, label=query.folder.value)
        await self.transaction.commit()
        return self._parts(query)

    async def _parts(self, query: MessageQuery) -> AsyncIterator[Sequence[Message]]:
        cursor: str | None = None
        while True:
            part = await self.messages.list_slice(query, cursor=cursor, limit=EXPORT_SLICE)
            await self.transaction.rest()
            if part.items:
                yield part.items
            if part.next_cursor is None:
                return
            cursor = part.next_cursor
