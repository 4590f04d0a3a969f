from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.entities import Message
from core.contacts.storage import MessageQuery, MessageStorage
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryMessages:
    """Whoever may read messages goes through those of a folder part by part, newest first. Refused with Invalid for a
    cursor that none of these lists gave."""

    access: Access
    messages: MessageStorage

    async def __call__(self, query: MessageQuery, *, cursor: str | None, limit: int) -> Slice[Message]:
        self.access.require(Action.READ_MESSAGE)
        return await self.messages.list_slice(query, cursor=cursor, limit=limit)
