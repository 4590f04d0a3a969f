"""Signing in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from entrypoints.web.views.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """*form* holds email and next, never the password."""

    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage:
    """*action* is the page's own address; *role* the role's translated name; *form* holds the name."""

    action: str
    email: str
    role: str
    expires_at: datetime
    password_length: int
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetRequestPage:
    """`password_reset/new.html`: *form* holds email."""

    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetPage:
    """`password_reset/edit.html`: *action* is the page's own address, *email* whose password it is, *tokens* how
    many API tokens of hers live; the form has end_tokens."""

    action: str
    email: str
    password_length: int
    tokens: int = 0
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailChangePage:
    """`password_reset/email.html`: *email* is the address that is to be confirmed."""

    action: str
    email: str
    form: Form = field(default_factory=Form)
