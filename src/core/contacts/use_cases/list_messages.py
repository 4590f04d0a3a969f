from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.entities import Message
from core.contacts.errors import MessageNotFound
from core.contacts.storage import Folder, MessageQuery, MessageStorage
from core.pagination import NumberedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMessages:
    """*counts* has all folders, whatever was looked for."""

    page: NumberedPage[Message]
    counts: Mapping[Folder, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMessages:
    """Whoever may read messages sees those of a folder, newest first. Refused with MessageNotFound beyond the last
    page."""

    access: Access
    messages: MessageStorage

    async def __call__(self, query: MessageQuery, *, number: int = 1, size: int = 20) -> ListedMessages:
        self.access.require(Action.READ_MESSAGE)
        page = await self.messages.list_numbered(query, number=max(1, number), size=size)
        if page.is_out_of_range:
            raise MessageNotFound
        return ListedMessages(page=page, counts=await self.messages.count())
