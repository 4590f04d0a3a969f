"""People: those of the site as its owner sees them, and oneself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.media import MediaItem


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonItem:
    """*role* is the role's name; *seen_at* is right to the hour."""

    id: str
    name: str
    email: str
    role: str
    is_disabled: bool
    is_oneself: bool
    seen_at: datetime | None
    created_at: datetime
    has_factor: bool = False

    @property
    def desk_url(self) -> str:
        return f"/admin/users/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationItem:
    """*url* is the link that the letter holds."""

    id: str
    email: str
    name: str
    role: str
    expires_at: datetime
    is_expired: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """`admin/users/index.html`. *roles* are those that this person can give."""

    people: tuple[PersonItem, ...]
    invitations: tuple[InvitationItem, ...] = ()
    roles: tuple[Choice, ...] = ()
    form: Form = field(default_factory=Form)
    may_invite: bool = False
    may_revoke: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirChoice:
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """`admin/users/show.html`: what can be done about one person. *posts*, *questions* and *files* are what goes under
    her name; *heirs* are those who can have it."""

    person: PersonItem
    roles: tuple[Choice, ...]
    form: Form
    heirs: tuple[HeirChoice, ...] = ()
    posts: int = 0
    questions: int = 0
    files: int = 0
    may_set_role: bool = False
    may_disable: bool = False
    may_delete: bool = False
    may_reset_factors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """`admin/profile/edit.html`: *form* has name, bio, picture, picture_alt, locale and the rows links; *credentials*
    what was typed to change address or password, never a password."""

    form: Form
    credentials: Form
    email: str
    role: str
    locales: tuple[Choice, ...]
    password_length: int
    pictures: tuple[MediaItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionItem:
    """*device* is empty when it says nothing of itself. *is_near*: it began from where this request comes from."""

    id: str
    device: str
    is_here: bool
    is_near: bool
    is_program: bool
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPage:
    """`admin/profile/sessions.html`."""

    sessions: tuple[SessionItem, ...]
    has_others: bool
