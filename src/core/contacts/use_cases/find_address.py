from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.addresses import checked_address
from core.contacts.entities import Message
from core.contacts.storage import MessageStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAddress:
    """Who may erase them looks which messages come from an address or name it. Refused with Invalid."""

    access: Access
    messages: MessageStorage

    async def __call__(self, address: str) -> Sequence[Message]:
        self.access.require(Action.ERASE_MESSAGES)
        return await self.messages.list_about(checked_address(address))
