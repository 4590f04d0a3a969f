from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.contacts.entities import Member, Message
from core.contacts.storage import FormStorage, MemberDirectory, MessageStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMessage:
    """*members* are those to whom it can be given; it is erased at *ends_at*."""

    message: Message
    members: Sequence[Member]
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMessage:
    """Whoever may read messages sees one, as unread as it was. Refused with MessageNotFound."""

    access: Access
    messages: MessageStorage
    members: MemberDirectory
    forms: FormStorage

    async def __call__(self, message_id: str) -> ShownMessage:
        self.access.require(Action.READ_MESSAGE)
        message = await self.messages.get(message_id)
        members, form = await self.members.list_members(), await self.forms.form()
        return ShownMessage(message=message, members=members, ends_at=form.keeping.ends_at(message))
