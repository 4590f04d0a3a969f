from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.entities import Message, MessageWishes
from core.contacts.storage import MemberDirectory, MessageStorage
from core.errors import Invalid, Problem, StaleVersion
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMessage:
    """Whoever keeps messages in order moves one to another folder, writes a note, or gives it to somebody. Refused with
    MessageNotFound, Invalid or StaleVersion."""

    access: Access
    messages: MessageStorage
    members: MemberDirectory
    transaction: Transaction

    async def __call__(self, message_id: str, wanted: MessageWishes, *, expected: int | None = None) -> Message:
        self.access.require(Action.EDIT_MESSAGE)
        message = await self.messages.get(message_id)
        if expected is not None and expected != message.version:
            raise StaleVersion(current=message.version)
        changed = message.edited(wanted)
        if changed == message:
            return message
        if changed.assignee_id is not None and changed.assignee_id != message.assignee_id:
            known = {member.id for member in await self.members.list_members()}
            if changed.assignee_id not in known:
                raise Invalid(Problem.of("assignee_id", N_("Choose one of those offered.")))
        saved = await self.messages.save(changed)
        await self.transaction.commit()
        return saved
