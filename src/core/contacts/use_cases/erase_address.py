from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.contacts.addresses import checked_address
from core.contacts.storage import MessageStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAddress:
    """Who may, erases for good every message that came from an address or names it, the trash included; how many there
    were. That it was done is recorded, the address is not. Refused with Invalid."""

    access: Access
    messages: MessageStorage
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, address: str) -> int:
        self.access.require(Action.ERASE_MESSAGES)
        found = await self.messages.list_about(checked_address(address))
        erased = await self.messages.erase([message.id for message in found])
        if erased:
            await self.audit.record(Action.ERASE_MESSAGES, after={"messages": str(erased)})
            await self.transaction.commit()
        return erased
