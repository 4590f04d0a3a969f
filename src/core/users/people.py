"""The people of a site, as those see them who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.identity import UserId
from core.users.entities import Invitation, User
from core.users.errors import UserNotFound
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """*seen_at* is the last use of a session that still is; *has_factor* tells of a second factor."""

    user: User
    seen_at: datetime | None = None
    has_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """*token* goes into the link; whoever has it can accept."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """How much at the site goes under somebody's name."""

    posts: int = 0
    questions: int = 0
    files: int = 0


class BelongingsStorage(Protocol):
    """What somebody wrote and brought, whatever context it lies in."""

    async def count(self, user_id: UserId) -> Belongings: ...

    async def hand_over(self, user_id: UserId, heir: User) -> None:
        """Posts, pages, questions and files are *heir*'s from now on, texts under her name."""
        ...

    async def rename(self, user: User, *, before: str) -> None:
        """Texts of *user* that bear the name *before* bear the one that she has now, and the address of their list
        leads to the new one. Texts that she brought under another name keep it."""
        ...


async def locked(users: UserStorage, user_id: UserId) -> User:
    """The person, whom nobody else changes until the transaction ends. Raises UserNotFound."""
    user = await users.lock(user_id)
    if user is None:
        raise UserNotFound
    return user
