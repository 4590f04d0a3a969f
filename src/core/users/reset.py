"""What links that change credentials are bound to: they stop working when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from core.users.entities import User

SEALED = "email"
RESET_LIFE = timedelta(hours=2)
EMAIL_CHANGE_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """Whose password a link changes; *tokens* is how many programs act for her by tokens of hers."""

    user: User
    tokens: int


def reset_bound(user: User) -> str:
    """The present password: the first use of a link makes all of them worthless."""
    return f"{user.email}\n{user.password_hash or ''}"


def email_bound(user: User) -> str:
    """The present address, and the password as well: who has chosen a new one after a theft has called everything
    back that the thief began."""
    return reset_bound(user)
