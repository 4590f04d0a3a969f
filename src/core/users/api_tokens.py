"""API tokens: what somebody gives to a program, so that it may do some of what she may."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from core.access import OPERATOR_ACTIONS, Access, Action, Scope
from core.errors import Problem
from core.identity import Actor, ApiTokenId, UserId
from core.pagination import NumberedPage
from core.text import N_
from core.token_rights import DRAFTING, NOT_BY_TOKEN
from core.users.entities import SEEN_EVERY, User

TOKEN_PREFIX = "trc_"  # noqa: S105 - what all tokens begin with, no secret
TOKEN_NAME_LENGTH = 100
TOKEN_LIFE = timedelta(days=366)
TOKENS_OF_ONE = 50
HINT_LENGTH = 4
REMEMBERED = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """*hint* is the end of the token, by which its owner tells it from others; *digest* all that is kept of the rest.

    *ancestors* are the tokens by which it was made, the first one first: they are revoked together.
    """

    id: ApiTokenId
    user_id: UserId
    name: str
    digest: str
    hint: str
    scopes: frozenset[Action]
    is_draft_only: bool
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    ancestors: tuple[ApiTokenId, ...] = ()

    @property
    def owner_id(self) -> UserId | None:
        return self.user_id

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def used(self, now: datetime, digest: str) -> ApiToken:
        """The same token, used just now, kept by today's *digest*; unchanged within an hour, to spare a write on each
        request."""
        is_noted = self.used_at is not None and now - self.used_at < SEEN_EVERY
        return self if is_noted and digest == self.digest else replace(self, used_at=now, digest=digest)

    def acting(self, user: User) -> Actor:
        """*user* with what this token leaves of her rights."""
        return Actor(
            role=user.role,
            user_id=user.id,
            name=user.name,
            email=user.email,
            token_id=self.id,
            scopes=self.scopes,
            is_draft_only=self.is_draft_only,
            locale=user.locale,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWanted:
    """What somebody asks for."""

    name: str
    scopes: frozenset[Action]
    expires_at: datetime
    is_draft_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedToken:
    """*secret* is the token itself, told this once."""

    token: ApiToken
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedToken:
    """A token and what people call the one whose rights it has."""

    token: ApiToken
    user_name: str
    user_email: str

    @property
    def owner_id(self) -> UserId | None:
        return self.token.user_id


class ApiTokenCodes(Protocol):
    """The secrets of one site's tokens: another site's are as worthless as a forgery."""

    def make(self) -> str:
        """A new token: prefix, 178 random bits, checksum."""
        ...

    def digests(self, token: str) -> tuple[str, ...]:
        """By what it may be kept, today's digest first; nothing when it is misspelt."""
        ...


class ApiTokenStorage(Protocol):
    """This site's tokens, revoked and expired ones for a while too."""

    async def find_with_user(self, digests: tuple[str, ...]) -> tuple[ApiToken, User] | None:
        """Both in one query."""
        ...

    async def lock(self, token_id: ApiTokenId) -> ApiToken:
        """Kept from being revoked or passed on by others until the transaction ends. Raises TokenNotFound."""
        ...

    async def get(self, token_id: ApiTokenId) -> OwnedToken:
        """Raises TokenNotFound, for what was revoked too."""
        ...

    async def list_page(self, number: int, size: int, *, of: UserId | None) -> NumberedPage[OwnedToken]:
        """The newest first, without those revoked; everybody's when *of* is None."""
        ...

    async def count_live(self, user_id: UserId, now: datetime) -> int: ...

    async def add(self, token: ApiToken) -> None:
        """And forget the owner's tokens that have long been over."""
        ...

    async def note_use(self, token: ApiToken) -> None:
        """Its last use and its digest, nothing else: somebody may be revoking it."""
        ...

    async def revoke_of(self, user_id: UserId, at: datetime) -> None:
        """All of one person."""
        ...

    async def revoke(self, token_id: ApiTokenId, at: datetime) -> tuple[ApiToken, ...]:
        """The token and all made with it, or with those: as they stand now, without what was revoked before."""
        ...


def made_token(
    wanted: TokenWanted, owner: UserId, secret: str, digest: str, *, now: datetime, parent: ApiToken | None
) -> ApiToken:
    """A token under a new id of 128 random bits, which has nothing to do with the secret."""
    return ApiToken(
        id=ApiTokenId(secrets.token_hex(16)),
        user_id=owner,
        name=wanted.name.strip(),
        digest=digest,
        hint=secret[-HINT_LENGTH:],
        scopes=wanted.scopes,
        is_draft_only=wanted.is_draft_only,
        created_at=now,
        expires_at=wanted.expires_at,
        ancestors=(*parent.ancestors, parent.id) if parent else (),
    )


def passable(access: Access) -> frozenset[Action]:
    """What somebody with *access* can pass on: what she may at all, but for how she signs in herself."""
    able = (action for action in Action if access.scope(action) is not Scope.NONE)
    return frozenset(able) - NOT_BY_TOKEN - OPERATOR_ACTIONS


def problems_of_wanted(
    wanted: TokenWanted, now: datetime, *, able: frozenset[Action], parent: ApiToken | None
) -> list[Problem]:
    """What is wrong with *wanted* for somebody who is *able* to pass so much on, *parent* being her own token."""
    problems = (
        _name_problem(wanted.name),
        _scopes_problem(wanted, able),
        _expiry_problem(wanted.expires_at, now, at_latest=parent.expires_at if parent else None),
    )
    return [problem for problem in problems if problem]


def facts_of_token(token: ApiToken, owner: User) -> dict[str, str]:
    """For the audit."""
    return {
        "of": owner.email,
        "scopes": ", ".join(sorted(token.scopes)),
        "is_draft_only": "yes" if token.is_draft_only else "no",
        "expires_at": token.expires_at.isoformat(),
    }


def _name_problem(name: str) -> Problem | None:
    if not name.strip():
        return Problem.of("name", N_("Give it a name, so that you know later what it is for."))
    if len(name) > TOKEN_NAME_LENGTH:
        return Problem.of("name", N_("At most %(limit)d characters, please."), limit=TOKEN_NAME_LENGTH)
    return None


def _scopes_problem(wanted: TokenWanted, able: frozenset[Action]) -> Problem | None:
    if not wanted.scopes:
        return Problem.of("scopes", N_("Choose at least one thing that it may do."))
    if beyond := sorted(wanted.scopes - able):
        said = ", ".join(beyond)
        return Problem.of("scopes", N_("You cannot pass on what you may not do yourself: %(actions)s."), actions=said)
    if wanted.is_draft_only and (public := sorted(wanted.scopes - DRAFTING)):
        said = ", ".join(public)
        return Problem.of("scopes", N_("A token for drafts only cannot do this: %(actions)s."), actions=said)
    return None


def _expiry_problem(expires_at: datetime, now: datetime, *, at_latest: datetime | None) -> Problem | None:
    if expires_at <= now:
        return Problem.of("expires_at", N_("This moment is over. Choose one to come."))
    if expires_at > now + TOKEN_LIFE:
        return Problem.of("expires_at", N_("At most %(days)d days from now, please."), days=TOKEN_LIFE.days)
    if at_latest is not None and expires_at > at_latest:
        return Problem.of("expires_at", N_("A token cannot outlive the one that it is made with."))
    return None
