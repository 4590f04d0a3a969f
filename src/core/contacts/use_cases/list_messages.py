from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.entities import Member, Message
from core.contacts.errors import MessageNotFound
from core.contacts.storage import Folder, MemberDirectory, MessageQuery, MessageStorage
from core.pagination import NumberedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMessages:
    """*counts* has all folders, whatever was looked for; *members* are those to whom messages can be given."""

    page: NumberedPage[Message]
    counts: Mapping[Folder, int]
    members: Sequence[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMessages:
    """Whoever may read messages sees those of a folder, newest first. Refused with MessageNotFound beyond the last
    page."""

    access: Access
    messages: MessageStorage
    members: MemberDirectory

    async def __call__(self, query: MessageQuery, *, number: int = 1, size: int = 20) -> ListedMessages:
        self.access.require(Action.READ_MESSAGE)
        page = await self.messages.list_numbered(query, number=max(1, number), size=size)
        if page.is_out_of_range:
            raise MessageNotFound
        counts, members = await self.messages.count(), await self.members.list_members()
        return ListedMessages(page=page, counts=counts, members=members)
