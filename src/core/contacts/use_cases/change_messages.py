from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.entities import MessageState
from core.contacts.limits import refuse_number
from core.contacts.storage import MessageStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMessages:
    """Whoever keeps messages in order moves several to another folder; how many there were. Refused with Invalid
    for none or too many."""

    access: Access
    messages: MessageStorage
    transaction: Transaction

    async def __call__(self, message_ids: Sequence[str], state: MessageState) -> int:
        self.access.require(Action.EDIT_MESSAGE)
        refuse_number(message_ids)
        changed = await self.messages.set_state(message_ids, state)
        await self.transaction.commit()
        return changed
