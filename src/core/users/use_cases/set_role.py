from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.granting import Granting, refuse_last_owner
from core.identity import Role, RoleKey, UserId
from core.transaction import Transaction
from core.users.entities import User
from core.users.people import locked
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRole:
    """Who may, gives somebody another role: none that may what she may not herself, and none instead of such a one.

    Refused with UserNotFound, Invalid, GrantsTooMuch or LastOwner.
    """

    access: Access
    users: UserStorage
    granting: Granting
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, user_id: UserId, role: RoleKey) -> User:
        self.access.require(Action.SET_ROLE)
        await self.granting.hold()
        user = await locked(self.users, user_id)
        await self.granting.check(role)
        if user.role == role:
            return user
        await self.granting.check_held(user.role)
        if user.role == Role.OWNER:
            refuse_last_owner(await self.users.lock_owners(), user.id)
        changed = replace(user, role=role)
        await self.users.save(changed)
        before, after = {"role": user.role}, {"role": role}
        await self.audit.record(Action.SET_ROLE, subject=user.id, label=user.name, before=before, after=after)
        await self.transaction.commit()
        return changed
