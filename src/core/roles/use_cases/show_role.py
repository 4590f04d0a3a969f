from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.identity import RoleKey
from core.policy import Policies
from core.roles.shown import RolesShown, shown
from core.roles.storage import RoleStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRole:
    """Who may, looks at one role among the others. Refused with RoleNotFound."""

    access: Access
    roles: RoleStorage
    policies: Policies
    clock: Clock

    async def __call__(self, key: RoleKey) -> RolesShown:
        self.access.require(Action.LIST_ROLES)
        book = await self.roles.get()
        book.require(key)
        return shown(book, self.policies, dict(await self.roles.people(self.clock.now())))
