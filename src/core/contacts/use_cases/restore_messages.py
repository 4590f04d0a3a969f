from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.limits import refuse_number
from core.contacts.storage import MessageStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreMessages:
    """Who may throw messages away takes some back from the trash, to where they lay; how many there were. Refused with
    Invalid for none or too many."""

    access: Access
    messages: MessageStorage
    transaction: Transaction

    async def __call__(self, message_ids: Sequence[str]) -> int:
        self.access.require(Action.DELETE_MESSAGE)
        refuse_number(message_ids)
        restored = await self.messages.set_trashed(message_ids, None)
        await self.transaction.commit()
        return restored
