"""From a token to the one who holds it. Not a use case: it comes before there is an actor to authorise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import Clock
from core.identity import Actor
from core.transaction import Transaction
from core.users.credentials import SessionTokens, TokenClaims, TokenKind
from core.users.entities import Session
from core.users.storage import SessionStorage

REISSUE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticated:
    """*reissued* is a fresh spelling of the same session's cookie, when it is time for one."""

    actor: Actor
    session: Session
    reissued: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticate:
    """Finds the live session and enabled user behind a token of this site, or None."""

    tokens: SessionTokens
    sessions: SessionStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, token: str, kind: TokenKind) -> Authenticated | None:
        now = self.clock.now()
        claims = self.tokens.read(token, kind, now=now)
        if claims is None:
            return None
        found = await self.sessions.find_with_user(claims.session_id)
        if found is None:
            return None
        session, user = found
        if not (session.is_live(now) and user.is_enabled):
            return None
        seen = session.seen(now)
        if seen != session:
            await self.sessions.save(seen)
            await self.transaction.commit()
        reissued = self._reissued(claims, seen, now) if kind is TokenKind.BROWSER else None
        return Authenticated(actor=user.acting(seen.id), session=seen, reissued=reissued)

    def _reissued(self, claims: TokenClaims, session: Session, now: datetime) -> str | None:
        if now - claims.issued_at < REISSUE_AFTER:
            return None
        return self.tokens.issue(browser_claims(session, now))


def browser_claims(session: Session, now: datetime) -> TokenClaims:
    """What the cookie of *session* says from *now* on."""
    return TokenClaims(kind=TokenKind.BROWSER, session_id=session.id, issued_at=now, expires_at=session.ends_at)
