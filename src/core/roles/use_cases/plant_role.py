from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.audit import AuditTrail
from core.policy import Policies, SiteRole
from core.roles.storage import RoleStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantRole:
    """The operator adds a role that the site has not; one of the same key is the owner's and stays as it is. Return
    whether it was added. Refused with Invalid, or RoleKeyTaken for the key of a role that every site has."""

    access: Access
    roles: RoleStorage
    policies: Policies
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, role: SiteRole, permissions: Mapping[Action, Scope]) -> bool:
        self.access.require(Action.APPLY_SITE)
        before = await self.roles.get()
        if before.policy.find(role.key):
            return False
        await self.roles.save(before.with_role(role).permitting(role.key, permissions, self.policies.defaults))
        facts = {"name": role.name, "base": role.base, "description": role.description}
        rights = {action.value: scope.value for action, scope in permissions.items()}
        await self.audit.record(Action.EDIT_ROLES, subject=role.key, label=role.name, after=facts | rights)
        await self.transaction.commit()
        return True
