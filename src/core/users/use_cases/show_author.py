from dataclasses import dataclass

from core.access import Access, Action
from core.identity import UserId
from core.users.profiles import Author
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAuthor:
    """Anybody sees what somebody who writes here tells of herself; None when she is gone, or was shut out."""

    access: Access
    users: UserStorage

    async def __call__(self, user_id: UserId) -> Author | None:
        self.access.require(Action.READ_POST)
        user = await self.users.find(user_id)
        if user is None or not user.is_enabled:
            return None
        return Author(name=user.name, profile=await self.users.get_profile(user.id))
