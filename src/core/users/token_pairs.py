"""Access and refresh tokens of an API session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.users.credentials import SessionTokens, TokenClaims, TokenKind
from core.users.entities import Session

ACCESS_LIFE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    session: Session
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


def token_pair(tokens: SessionTokens, session: Session, now: datetime) -> TokenPair:
    """A new pair for the session as it stands; the refresh token is good for one use."""
    access = TokenClaims(
        kind=TokenKind.ACCESS,
        session_id=session.id,
        issued_at=now,
        expires_at=min(now + ACCESS_LIFE, session.ends_at),
    )
    refresh = TokenClaims(
        kind=TokenKind.REFRESH,
        session_id=session.id,
        issued_at=now,
        expires_at=session.ends_at,
        generation=session.generation,
    )
    return TokenPair(
        session=session,
        access_token=tokens.issue(access),
        access_expires_at=access.expires_at,
        refresh_token=tokens.issue(refresh),
        refresh_expires_at=refresh.expires_at,
    )
