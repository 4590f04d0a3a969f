from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.granting import Granting
from core.identity import UserId
from core.transaction import Transaction
from core.users.entities import User
from core.users.people import locked
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableUser:
    """Who may, lets somebody in again who was shut out; she signs in anew.

    Refused with UserNotFound or GrantsTooMuch.
    """

    access: Access
    users: UserStorage
    granting: Granting
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, user_id: UserId) -> User:
        self.access.require(Action.DISABLE_USER)
        user = await locked(self.users, user_id)
        await self.granting.check_held(user.role)
        if user.is_enabled:
            return user
        enabled = replace(user, disabled_at=None)
        await self.users.save(enabled)
        before, after = {"state": "disabled"}, {"state": "active"}
        await self.audit.record(Action.DISABLE_USER, subject=user.id, label=user.name, before=before, after=after)
        await self.transaction.commit()
        return enabled
