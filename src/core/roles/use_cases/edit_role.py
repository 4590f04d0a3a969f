from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.granting import refuse_beyond
from core.identity import RoleKey
from core.policy import Policies, SiteRole
from core.roles.shown import changes_between
from core.roles.storage import RoleStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRole:
    """Who may, changes the name, description or base of a role that the site made; its differences stay.

    Refused with RoleNotFound, RoleFixed, Invalid, StaleVersion, or GrantsTooMuch for rights that who asks lacks.
    """

    access: Access
    roles: RoleStorage
    policies: Policies
    audit: AuditTrail
    refusals: Refusals
    transaction: Transaction

    async def __call__(
        self, key: RoleKey, *, name: str, description: str, base: RoleKey, version: int | None
    ) -> SiteRole:
        self.access.require(Action.EDIT_ROLES)
        before = await self.roles.get()
        before.expect(version)
        old = before.own(key)
        new = replace(old, name=name.strip(), description=description.strip(), base=base)
        after = before.changed(new)
        given = changes_between(before, after, self.policies)
        wider = [(change.action, change.after) for change in given if change.is_wider]
        refuse_beyond(self.access, wider, self.refusals, action=Action.EDIT_ROLES, role=key)
        await self.roles.save(after)
        was, becomes = ({"name": role.name, "base": role.base, "description": role.description} for role in (old, new))
        await self.audit.record(Action.EDIT_ROLES, subject=key, label=new.name, before=was, after=becomes)
        await self.transaction.commit()
        return new
