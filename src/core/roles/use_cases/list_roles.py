from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.policy import Policies
from core.roles.shown import RolesShown, shown
from core.roles.storage import RoleStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRoles:
    """Who may, sees all roles of the site, what each may and how many have it."""

    access: Access
    roles: RoleStorage
    policies: Policies
    clock: Clock

    async def __call__(self) -> RolesShown:
        self.access.require(Action.LIST_ROLES)
        return shown(await self.roles.get(), self.policies, dict(await self.roles.people(self.clock.now())))
