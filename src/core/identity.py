"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from core.access import Action

UserId = NewType("UserId", str)
SessionId = NewType("SessionId", str)
ApiTokenId = NewType("ApiTokenId", str)


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
    """Somebody at one site: a member by a live session or an API token, the operator, or an anonymous visitor.

    *scopes* are what the token was made for, None without one; with *is_draft_only* nothing public changes.
    """

    role: RoleKey
    user_id: UserId | None = None
    name: str = ""
    email: str = ""
    session_id: SessionId | None = None
    token_id: ApiTokenId | None = None
    scopes: frozenset[Action] | None = None
    is_draft_only: bool = False
    locale: str | None = None

    @property
    def is_anonymous(self) -> bool:
        return self.role == Role.VISITOR


ANONYMOUS = Actor(role=Role.VISITOR)
OPERATOR = Actor(role=Role.OPERATOR, name="operator")
