from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.users.factors import FactorStorage
from core.users.people import Person
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUsers:
    """Who may, sees everybody who belongs to the site, by name."""

    access: Access
    users: UserStorage
    factors: FactorStorage

    async def __call__(self) -> Sequence[Person]:
        self.access.require(Action.LIST_USERS)
        everybody, holders = await self.users.list_all(), await self.factors.list_holders()
        return [Person(user=user, seen_at=seen_at, has_factor=user.id in holders) for user, seen_at in everybody]
