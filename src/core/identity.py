"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

UserId = NewType("UserId", str)
SessionId = NewType("SessionId", str)


RoleKey = str
"""A role of one site: of Role, or one that the site has made. Compared with ==, never with `is`."""


class Role(StrEnum):
    """The roles that every site has; OPERATOR stands outside of the sites and is never stored in one."""

    VISITOR = "visitor"
    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    AUTHOR = "author"
    MODERATOR = "moderator"
    EDITOR = "editor"
    OWNER = "owner"
    OPERATOR = "operator"


SITE_ROLES = tuple(role for role in Role if role is not Role.OPERATOR)
MEMBER_ROLES = tuple(role for role in SITE_ROLES if role is not Role.VISITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody at one site: a member by a live session, the operator, or an anonymous visitor."""

    role: RoleKey
    user_id: UserId | None = None
    name: str = ""
    email: str = ""
    session_id: SessionId | None = None
    locale: str | None = None

    @property
    def is_anonymous(self) -> bool:
        return self.role == Role.VISITOR


ANONYMOUS = Actor(role=Role.VISITOR)
OPERATOR = Actor(role=Role.OPERATOR, name="operator")
