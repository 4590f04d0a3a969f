from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.clock import Clock
from core.errors import Problem, refuse_if_any
from core.limits import RateLimiter
from core.mail import Letter, LetterKind, Outbox
from core.text import N_
from core.transaction import Transaction
from core.users.credentials import LinkClaims, LinkPurpose, LinkTokens, Passwords
from core.users.entities import User, email_problem, normalised_email
from core.users.errors import WrongPassword
from core.users.limits import EMAIL_CHANGE_PER_ACCOUNT
from core.users.oneself import oneself
from core.users.reset import EMAIL_CHANGE_LIFE, email_bound
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEmailChange:
    """A member who knows her password wants to sign in with another address: a link goes there, nothing changes yet.
    That somebody has the address already is told to nobody but its owner.

    Refused with Invalid (WrongPassword among them) or TooMany.
    """

    access: Access
    users: UserStorage
    passwords: Passwords
    link_tokens: LinkTokens
    outbox: Outbox
    audit: AuditTrail
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, email: str, current_password: str) -> None:
        self.access.require(Action.CHANGE_CREDENTIALS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.CHANGE_CREDENTIALS, on=user)
        await self.limiter.hit(EMAIL_CHANGE_PER_ACCOUNT, user.id)
        email = normalised_email(email)
        is_same = Problem.of("email", N_("This is your address already.")) if email == user.email else None
        refuse_if_any([problem for problem in (email_problem(email), is_same) if problem])
        await self.transaction.rest()
        if not await self.passwords.verify(current_password, user.password_hash):
            self.refusals.note(
                Action.CHANGE_CREDENTIALS, actor=self.access.actor, subject=user.id, reason=WrongPassword.code
            )
            raise WrongPassword
        await self.outbox.post(self._letter(user, email))
        after = {"email_asked": email}
        await self.audit.record(Action.CHANGE_CREDENTIALS, subject=user.id, label=user.name, after=after)
        await self.transaction.commit()

    def _letter(self, user: User, email: str) -> Letter:
        until = self.clock.now() + EMAIL_CHANGE_LIFE
        claims = LinkClaims(purpose=LinkPurpose.EMAIL_CHANGE, user_id=user.id, expires_at=until, email=email)
        path = f"/email-change/{self.link_tokens.make(claims, bound=email_bound(user))}"
        values = {"name": user.name, "path": path, "hours": str(int(EMAIL_CHANGE_LIFE.total_seconds()) // 3600)}
        return Letter(kind=LetterKind.EMAIL_CHANGE, to=email, values=values, lang=user.locale)
