"""People of one site, their sessions and invitations."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from core.errors import Problem
from core.identity import MEMBER_ROLES, Actor, RoleKey, SessionId, UserId
from core.limits import Client
from core.text import N_

InvitationId = NewType("InvitationId", str)

PASSWORD_MIN, PASSWORD_MAX = 10, 200
NAME_LENGTH = 100
EMAIL_LENGTH = 254
USER_AGENT_LENGTH = 200
IDLE_LIFE = timedelta(days=30)
ABSOLUTE_LIFE = timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)
REUSE_GRACE = timedelta(seconds=20)
INVITATION_LIFE = timedelta(days=7)
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>()\[\],;:\\\"]+@[^@\s\x00-\x1f\x7f<>()\[\],;:\\\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """*email* is kept in small letters; *password_hash* is None until a password was set."""

    id: UserId
    email: str
    name: str
    role: RoleKey
    password_hash: str | None
    created_at: datetime
    locale: str | None = None
    disabled_at: datetime | None = None

    @property
    def owner_id(self) -> UserId | None:
        return self.id

    @property
    def is_enabled(self) -> bool:
        return self.disabled_at is None

    def acting(self, session_id: SessionId) -> Actor:
        return Actor(
            role=self.role,
            user_id=self.id,
            name=self.name,
            email=self.email,
            session_id=session_id,
            locale=self.locale,
        )


class SessionKind(StrEnum):
    """BROWSER is carried by the cookie, API by access and refresh tokens; neither passes as the other."""

    BROWSER = "browser"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody's stay. *id* is the tokens' jti; *generation* counts the refreshes of an API session.
    *client* stands for the address that it began from."""

    id: SessionId
    user_id: UserId
    kind: SessionKind
    created_at: datetime
    seen_at: datetime
    user_agent: str = ""
    generation: int = 0
    refreshed_at: datetime | None = None
    client: str = ""

    @property
    def owner_id(self) -> UserId | None:
        return self.user_id

    @property
    def ends_at(self) -> datetime:
        """When it ends unless it is used before: 30 days idle, never later than 90 days after signing in."""
        return min(self.seen_at + IDLE_LIFE, self.created_at + ABSOLUTE_LIFE)

    def is_live(self, now: datetime) -> bool:
        return now < self.ends_at

    def seen(self, now: datetime) -> Session:
        """The same session, used just now; unchanged within an hour, to spare a write on each request."""
        return self if now - self.seen_at < SEEN_EVERY else replace(self, seen_at=now)

    def refreshed(self, generation: int, now: datetime) -> Session | None:
        """The session after its refresh token of *generation* was used, or None when that was used up before: then
        somebody has a copy. A repetition within 20 s is a lost answer and gives the same successor."""
        if generation == self.generation:
            return replace(self, generation=generation + 1, refreshed_at=now, seen_at=now)
        is_repetition = generation == self.generation - 1
        if is_repetition and self.refreshed_at is not None and now - self.refreshed_at <= REUSE_GRACE:
            return self
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    id: InvitationId
    email: str
    name: str
    role: RoleKey
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at

    def accept(self, now: datetime) -> Invitation:
        return replace(self, accepted_at=now)

    def revoke(self, now: datetime) -> Invitation:
        return replace(self, revoked_at=now)

    def renew(self, now: datetime) -> Invitation:
        """The same link, good for as long as a new one."""
        return replace(self, expires_at=now + INVITATION_LIFE)


def new_session(user_id: UserId, kind: SessionKind, client: Client, now: datetime) -> Session:
    """A session that begins now, under a new id of 128 random bits."""
    return Session(
        id=SessionId(secrets.token_hex(16)),
        user_id=user_id,
        kind=kind,
        created_at=now,
        seen_at=now,
        user_agent=client.user_agent[:USER_AGENT_LENGTH],
        client=client.key,
    )


def member_of(
    invitation: Invitation, name: str, password_hash: str | None, now: datetime, *, user_id: UserId | None = None
) -> User:
    """Whoever accepts *invitation*; *user_id* where it was promised already."""
    return User(
        id=user_id or new_user_id(),
        email=invitation.email,
        name=name.strip(),
        role=invitation.role,
        password_hash=password_hash,
        created_at=now,
    )


def new_user_id() -> UserId:
    """An opaque id, 128 random bits."""
    return UserId(secrets.token_hex(16))


def new_invitation_id() -> InvitationId:
    """An id, 128 random bits; the link adds a code that only we can make."""
    return InvitationId(secrets.token_hex(16))


def normalised_email(text: str) -> str:
    return text.strip().lower()


def email_problem(email: str) -> Problem | None:
    if len(email) <= EMAIL_LENGTH and _EMAIL.fullmatch(email):
        return None
    return Problem.of("email", N_("Write an e-mail address such as anna@example.org."))


def name_problem(name: str) -> Problem | None:
    if not name.strip():
        return Problem.of("name", N_("Please tell your name."))
    if len(name) > NAME_LENGTH:
        return Problem.of("name", N_("At most %(limit)d characters, please."), limit=NAME_LENGTH)
    return None


def password_problem(password: str) -> Problem | None:
    if len(password) < PASSWORD_MIN:
        return Problem.of("password", N_("Use at least %(limit)d characters."), limit=PASSWORD_MIN)
    if len(password) > PASSWORD_MAX:
        return Problem.of("password", N_("Use at most %(limit)d characters."), limit=PASSWORD_MAX)
    return None


def role_problem(role: RoleKey) -> Problem | None:
    return None if role in MEMBER_ROLES else Problem.of("role", N_("Choose one of the roles offered."))
