from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.audit import AuditTrail, Refusals
from core.granting import refuse_beyond
from core.identity import RoleKey
from core.policy import Policies
from core.roles.entities import RightChange
from core.roles.shown import changes_between
from core.roles.storage import RoleStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPermissions:
    """Who may, decides how far a role may do things, all at once. Return what changed.

    Refused with RoleNotFound, RoleFixed (the owner's), Invalid, StaleVersion, or GrantsTooMuch for rights that who asks
    lacks.
    """

    access: Access
    roles: RoleStorage
    policies: Policies
    audit: AuditTrail
    refusals: Refusals
    transaction: Transaction

    async def __call__(
        self, key: RoleKey, wanted: Mapping[Action, Scope], *, version: int | None
    ) -> tuple[RightChange, ...]:
        self.access.require(Action.EDIT_ROLES)
        before = await self.roles.get()
        before.expect(version)
        after = before.permitting(key, wanted, self.policies.defaults)
        changes = changes_between(before, after, self.policies)
        wider = [(change.action, change.after) for change in changes if change.is_wider]
        refuse_beyond(self.access, wider, self.refusals, action=Action.EDIT_ROLES, role=key)
        if after == before:
            return ()
        await self.roles.save(after)
        was = {change.action.value: change.before.value for change in changes}
        becomes = {change.action.value: change.after.value for change in changes}
        await self.audit.record(Action.EDIT_ROLES, subject=key, label=key, before=was, after=becomes)
        await self.transaction.commit()
        return changes
