"""Secrets that prove who somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.identity import SessionId, UserId
from core.users.entities import InvitationId


class Passwords(Protocol):
    async def hash(self, password: str) -> str: ...

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether they fit. None takes as long as a real comparison and is never true."""
        ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with weaker settings than today's."""
        ...


class TokenKind(StrEnum):
    BROWSER = "browser"
    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenClaims:
    """What a valid token says; *generation* counts in refresh tokens only."""

    kind: TokenKind
    session_id: SessionId
    issued_at: datetime
    expires_at: datetime
    generation: int = 0


class SessionTokens(Protocol):
    """Tokens of one site: another site's are as worthless as a forgery."""

    def issue(self, claims: TokenClaims) -> str: ...

    def read(self, token: str, kind: TokenKind, *, now: datetime) -> TokenClaims | None:
        """What *token* says, or None when it is forged, expired, of another kind or of another site."""
        ...


class InvitationTokens(Protocol):
    """Invitation links of one site: made from the id and a key, so that they can be shown again."""

    def make(self, invitation_id: InvitationId) -> str: ...

    def read(self, token: str) -> InvitationId | None: ...


class LinkPurpose(StrEnum):
    PASSWORD_RESET = "password reset links"  # noqa: S105 - a purpose's name, no password
    EMAIL_CHANGE = "e-mail change links"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkClaims:
    """What a link says; nothing of it is proven before `LinkTokens.proves` has said so. *email* is the new address that
    a link of EMAIL_CHANGE is for."""

    purpose: LinkPurpose
    user_id: UserId
    expires_at: datetime
    email: str = ""


class LinkTokens(Protocol):
    """Links of one site that change somebody's credentials: made for one state of theirs, and worthless after it."""

    def make(self, claims: LinkClaims, *, bound: str) -> str:
        """A token that proves *claims* as long as *bound* (what the link is going to change) stays what it is."""
        ...

    def read(self, token: str, purpose: LinkPurpose, *, now: datetime) -> LinkClaims | None:
        """What *token* says, unproven; None when it is none of ours for *purpose*, or expired."""
        ...

    def proves(self, token: str, claims: LinkClaims, *, bound: str) -> bool: ...
