from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.granting import Granting, refuse_last_owner
from core.identity import Role, UserId
from core.transaction import Transaction
from core.users.api_tokens import ApiTokenStorage
from core.users.entities import User
from core.users.errors import NotOneself
from core.users.people import locked
from core.users.storage import SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableUser:
    """Who may, shuts somebody out: her sessions and tokens are worthless at once, what she wrote stays.

    Refused with UserNotFound, NotOneself, GrantsTooMuch or LastOwner.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    api_tokens: ApiTokenStorage
    granting: Granting
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, user_id: UserId) -> User:
        self.access.require(Action.DISABLE_USER)
        user = await locked(self.users, user_id)
        if user.id == self.access.actor.user_id:
            raise NotOneself
        await self.granting.check_held(user.role)
        if not user.is_enabled:
            return user
        if user.role == Role.OWNER:
            refuse_last_owner(await self.users.lock_owners(), user.id)
        now = self.clock.now()
        disabled = replace(user, disabled_at=now)
        await self.users.save(disabled)
        await self.sessions.delete_of(user.id)
        await self.api_tokens.revoke_of(user.id, now)
        before, after = {"state": "active"}, {"state": "disabled"}
        await self.audit.record(Action.DISABLE_USER, subject=user.id, label=user.name, before=before, after=after)
        await self.transaction.commit()
        return disabled
