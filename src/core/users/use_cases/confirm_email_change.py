from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.clock import Clock
from core.limits import Client, RateLimiter
from core.mail import Outbox
from core.transaction import Transaction
from core.users.credentials import LinkClaims, LinkPurpose, LinkTokens
from core.users.entities import User
from core.users.errors import EmailChangeNotFound, EmailTaken
from core.users.letters import email_changed
from core.users.limits import EMAIL_LINK_PER_CLIENT
from core.users.reset import email_bound
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEmailChange:
    """Whoever has the link, and so the new mailbox, confirms it: it signs her in from now on, and the old address is
    told.

    Refused with EmailChangeNotFound, EmailTaken or TooMany.
    """

    access: Access
    users: UserStorage
    link_tokens: LinkTokens
    outbox: Outbox
    audit: AuditTrail
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, token: str, *, client: Client) -> User:
        self.access.require(Action.CONFIRM_EMAIL_CHANGE)
        await self.limiter.hit(EMAIL_LINK_PER_CLIENT, client.key)
        user, claims = await self._proven(token)
        if await self.users.find_by_email(claims.email):
            raise EmailTaken
        changed = replace(user, email=claims.email)
        await self.users.save(changed)
        await self.outbox.post(email_changed(changed, old=user.email))
        before, after = {"email": user.email}, {"email": changed.email}
        await self.audit.record(
            Action.CONFIRM_EMAIL_CHANGE, subject=user.id, label=user.name, before=before, after=after
        )
        await self.transaction.commit()
        return changed

    async def _proven(self, token: str) -> tuple[User, LinkClaims]:
        claims = self.link_tokens.read(token, LinkPurpose.EMAIL_CHANGE, now=self.clock.now())
        user = await self.users.lock(claims.user_id) if claims else None
        if claims and user and user.is_enabled and self.link_tokens.proves(token, claims, bound=email_bound(user)):
            return user, claims
        subject = user.id if user else ""
        self.refusals.note(Action.CONFIRM_EMAIL_CHANGE, subject=subject, reason=EmailChangeNotFound.code)
        raise EmailChangeNotFound
