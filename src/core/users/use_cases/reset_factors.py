from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.granting import Granting
from core.identity import UserId
from core.mail import Outbox
from core.transaction import Transaction
from core.users.entities import User
from core.users.errors import NotOneself
from core.users.factors import FactorStorage, second_factors
from core.users.letters import sign_in_changed
from core.users.people import locked
from core.users.storage import SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetFactors:
    """Who may, takes all second factors from somebody who has lost them: her password is enough again, her sessions
    end, and she is told by mail. Nothing happens when she has none.

    Refused with UserNotFound, NotOneself or GrantsTooMuch.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    factors: FactorStorage
    granting: Granting
    outbox: Outbox
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, user_id: UserId) -> User:
        self.access.require(Action.RESET_FACTORS)
        user = await locked(self.users, user_id)
        if user.id == self.access.actor.user_id:
            raise NotOneself
        await self.granting.check_held(user.role)
        kept = second_factors(await self.factors.lock_of(user.id))
        if not kept:
            return user
        await self.factors.delete_of(user.id)
        await self.sessions.delete_of(user.id)
        await self.outbox.post(sign_in_changed(user, "factors_reset"))
        before = {"factors": ", ".join(factor.kind for factor in kept)}
        await self.audit.record(Action.RESET_FACTORS, subject=user.id, label=user.name, before=before)
        await self.transaction.commit()
        return user
