from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.errors import refuse_if_any
from core.limits import RateLimiter
from core.mail import Outbox
from core.transaction import Transaction
from core.users.credentials import Passwords
from core.users.entities import User, password_problem
from core.users.errors import WrongPassword
from core.users.letters import password_changed
from core.users.limits import PASSWORD_PER_ACCOUNT
from core.users.oneself import oneself
from core.users.people import locked
from core.users.storage import SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """A member who knows her present password chooses another; her other sessions end, and she is told by mail.

    Refused with Invalid (WrongPassword among them) or TooMany.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    passwords: Passwords
    outbox: Outbox
    audit: AuditTrail
    refusals: Refusals
    limiter: RateLimiter
    transaction: Transaction

    async def __call__(self, current_password: str, password: str) -> None:
        self.access.require(Action.CHANGE_CREDENTIALS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.CHANGE_CREDENTIALS, on=user)
        await self.limiter.hit(PASSWORD_PER_ACCOUNT, user.id)
        problem = password_problem(password)
        refuse_if_any([problem] if problem else [])
        await self.transaction.rest()
        if not await self.passwords.verify(current_password, user.password_hash):
            self._refused(user)
        password_hash = await self.passwords.hash(password)
        changed = await self._unchanged(user)
        await self.users.save(replace(changed, password_hash=password_hash))
        await self.sessions.delete_of(user.id, but=self.access.actor.session_id)
        await self.outbox.post(password_changed(user))
        await self.audit.record(Action.CHANGE_CREDENTIALS, subject=user.id, label=user.name, after={"password": "new"})
        await self.transaction.commit()

    async def _unchanged(self, user: User) -> User:
        """The password that was proven is still the one: otherwise somebody has changed it meanwhile."""
        now = await locked(self.users, user.id)
        if now.password_hash != user.password_hash:
            self._refused(user)
        return now

    def _refused(self, user: User) -> None:
        self.refusals.note(
            Action.CHANGE_CREDENTIALS, actor=self.access.actor, subject=user.id, reason=WrongPassword.code
        )
        raise WrongPassword
