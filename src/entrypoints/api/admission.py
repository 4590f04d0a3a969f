"""What happens between knowing who asks and reading what she sends."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import Access, Action
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Turns away who may never do it before a byte of the body is read, and gives the connection back meanwhile: a
    body takes as long as its sender likes, and connections are few."""

    access: Access
    transaction: Transaction

    async def admit(self, action: Action) -> None:
        self.access.require(action)
        await self.transaction.rest()
