from dataclasses import dataclass

from core.access import Access, Action
from core.identity import UserId
from core.users.people import Belongings, BelongingsStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBelongings:
    """Who may delete people sees what goes under somebody's name."""

    access: Access
    belongings: BelongingsStorage

    async def __call__(self, user_id: UserId) -> Belongings:
        self.access.require(Action.DELETE_USER)
        return await self.belongings.count(user_id)
