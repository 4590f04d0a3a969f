from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.contacts.addresses import checked_address
from core.contacts.entities import Message
from core.contacts.storage import MessageStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseAddress:
    """Who may, gets all that is kept about somebody's address, for her who asks for it; that it was done is recorded,
    the address is not. Refused with Invalid."""

    access: Access
    messages: MessageStorage
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, address: str) -> Sequence[Message]:
        self.access.require(Action.EXPORT_MESSAGES)
        found = await self.messages.list_about(checked_address(address))
        await self.audit.record(Action.EXPORT_MESSAGES, after={"messages": str(len(found)), "about_address": "yes"})
        await self.transaction.commit()
        return found
