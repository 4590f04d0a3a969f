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
