"""Second factors: the second step of signing in, one's own, and whose sign-in needs one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from entrypoints.web.views.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepPage:
    """`login_second.html`: *form* holds next, never the code."""

    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorItem:
    """*name* is empty for the one app that there can be, and for the passkey that somebody came with."""

    id: str
    name: str
    host: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsPage:
    """`admin/profile/factors.html`: *form* holds the name of a new passkey, *about* which of the page's forms it is:
    passkey, codes, or the id of what was to be removed. *is_owed*: nothing else can be done before there is one. *host*
    is where passkeys work."""

    app: FactorItem | None
    passkeys: tuple[FactorItem, ...]
    codes_left: int
    has_password: bool
    is_required: bool
    host: str
    form: Form = field(default_factory=Form)
    about: str = ""

    @property
    def has_any(self) -> bool:
        return self.app is not None or bool(self.passkeys)

    @property
    def is_owed(self) -> bool:
        return self.is_required and not self.has_any

    @property
    def passkey_form(self) -> Form:
        return self.form_of("passkey")

    def form_of(self, about: str) -> Form:
        return self.form if self.about == about else Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPage:
    """`admin/profile/app.html`: *picture* is *key* for a camera; *form* holds the code."""

    key: str
    picture: Markup
    link: str
    setup: str
    has_password: bool
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesPage:
    """`recovery_codes.html`: *codes* are shown this once; *onward* is where she goes on."""

    codes: tuple[str, ...]
    onward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBox:
    """A role that may be asked for a second factor; *lacking* have the role and none yet."""

    key: str
    name: str
    is_chosen: bool
    members: int
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityPage:
    """`admin/settings/security.html`: boxes are called ``role-<key>``."""

    roles: tuple[RoleBox, ...]
    form: Form
