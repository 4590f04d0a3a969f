from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.clock import Clock
from core.errors import refuse_if_any
from core.limits import Client, RateLimiter
from core.mail import Outbox
from core.transaction import Transaction
from core.users.api_tokens import ApiTokenStorage
from core.users.credentials import LinkPurpose, LinkTokens, Passwords
from core.users.entities import User, password_problem
from core.users.errors import ResetLinkNotFound
from core.users.letters import password_changed
from core.users.limits import RESET_LINK_PER_CLIENT
from core.users.reset import reset_bound
from core.users.storage import SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class UsePasswordReset:
    """Whoever has the link sets a new password. The link is used up, all sessions end, API tokens when *ends_tokens*,
    and the person is told.

    Refused with ResetLinkNotFound, Invalid or TooMany.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    api_tokens: ApiTokenStorage
    passwords: Passwords
    link_tokens: LinkTokens
    outbox: Outbox
    audit: AuditTrail
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, token: str, *, password: str, client: Client, ends_tokens: bool = False) -> User:
        self.access.require(Action.USE_PASSWORD_RESET)
        await self.limiter.hit(RESET_LINK_PER_CLIENT, client.key)
        problem = password_problem(password)
        refuse_if_any([problem] if problem else [])
        await self.transaction.rest()
        password_hash = await self.passwords.hash(password)
        user = replace(await self._proven(token), password_hash=password_hash)
        await self.users.save(user)
        await self.sessions.delete_of(user.id)
        ended = await self._ended_tokens(user) if ends_tokens else 0
        await self.outbox.post(password_changed(user))
        after = {"revoked_tokens": str(ended)} if ended else {}
        await self.audit.record(Action.USE_PASSWORD_RESET, subject=user.id, label=user.name, after=after)
        await self.transaction.commit()
        return user

    async def _ended_tokens(self, user: User) -> int:
        now = self.clock.now()
        live = await self.api_tokens.count_live(user.id, now)
        await self.api_tokens.revoke_of(user.id, now)
        return live

    async def _proven(self, token: str) -> User:
        """Of two who use the link at once the second finds the password changed."""
        claims = self.link_tokens.read(token, LinkPurpose.PASSWORD_RESET, now=self.clock.now())
        user = await self.users.lock(claims.user_id) if claims else None
        if claims and user and user.is_enabled and self.link_tokens.proves(token, claims, bound=reset_bound(user)):
            return user
        self.refusals.note(Action.USE_PASSWORD_RESET, subject=user.id if user else "", reason=ResetLinkNotFound.code)
        raise ResetLinkNotFound
