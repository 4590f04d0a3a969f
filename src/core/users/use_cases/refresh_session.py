from dataclasses import dataclass

from core.access import Access, Action
from core.audit import Refusals
from core.clock import Clock
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.credentials import SessionTokens, TokenKind
from core.users.errors import SessionEnded
from core.users.limits import REFRESH_PER_CLIENT
from core.users.storage import SessionStorage, UserStorage
from core.users.token_pairs import TokenPair, token_pair


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSession:
    """A program trades its refresh token for a new pair.

    A token that was used up before ends the session: somebody has a copy. Refused with SessionEnded.
    """

    access: Access
    sessions: SessionStorage
    users: UserStorage
    tokens: SessionTokens
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, refresh_token: str, *, client: Client) -> TokenPair:
        self.access.require(Action.REFRESH_SESSION)
        await self.limiter.hit(REFRESH_PER_CLIENT, client.key)
        now = self.clock.now()
        claims = self.tokens.read(refresh_token, TokenKind.REFRESH, now=now)
        session = await self.sessions.lock(claims.session_id) if claims else None
        if claims is None or session is None or not session.is_live(now):
            raise SessionEnded
        user = await self.users.find(session.user_id)
        refreshed = session.refreshed(claims.generation, now)
        if refreshed is None or user is None or not user.is_enabled:
            self.refusals.note(Action.REFRESH_SESSION, subject=session.user_id, reason=SessionEnded.code)
            await self.sessions.delete(session.id)
            await self.transaction.commit()
            raise SessionEnded
        await self.sessions.save(refreshed)
        await self.transaction.commit()
        return token_pair(self.tokens, refreshed, now)
