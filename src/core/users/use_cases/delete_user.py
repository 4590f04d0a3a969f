from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.errors import Invalid, Problem
from core.granting import Granting, refuse_last_owner
from core.identity import Role, UserId
from core.text import N_
from core.transaction import Transaction
from core.users.entities import User
from core.users.errors import NotOneself
from core.users.people import BelongingsStorage, locked
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteUser:
    """Who may, deletes somebody with all sessions and tokens. What she wrote becomes *heir*'s, or nobody's: then it
    stays under her name.

    Refused with UserNotFound, NotOneself, Invalid, GrantsTooMuch or LastOwner.
    """

    access: Access
    users: UserStorage
    belongings: BelongingsStorage
    granting: Granting
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, user_id: UserId, *, heir: UserId | None) -> None:
        self.access.require(Action.DELETE_USER)
        user = await locked(self.users, user_id)
        if user.id == self.access.actor.user_id:
            raise NotOneself
        await self.granting.check_held(user.role)
        if user.role == Role.OWNER and user.is_enabled:
            refuse_last_owner(await self.users.lock_owners(), user.id)
        inherits = await self._heir(user, heir) if heir else None
        if inherits is not None:
            await self.belongings.hand_over(user.id, inherits)
        await self.users.delete(user.id)
        before = {"email": user.email, "role": user.role}
        after = {"heir": inherits.name if inherits else ""}
        await self.audit.record(Action.DELETE_USER, subject=user.id, label=user.name, before=before, after=after)
        await self.transaction.commit()

    async def _heir(self, user: User, heir: UserId) -> User:
        found = await self.users.find(heir)
        if found is None or not found.is_enabled or found.id == user.id:
            raise Invalid(Problem.of("heir", N_("Choose somebody who belongs to this site.")))
        return found
