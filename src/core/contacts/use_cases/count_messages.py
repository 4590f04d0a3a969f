from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.storage import Folder, MessageStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMessages:
    """Whoever may read messages sees how many lie in each folder."""

    access: Access
    messages: MessageStorage

    async def __call__(self) -> Mapping[Folder, int]:
        self.access.require(Action.READ_MESSAGE)
        return await self.messages.count()
