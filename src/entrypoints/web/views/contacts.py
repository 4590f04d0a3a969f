"""The form by which visitors write, and the inbox where it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.reading import Pagination
from entrypoints.web.views.site import MenuItem

INBOX = "/admin/contacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedField:
    """A question of the site's own; *kind* is line, text or choice."""

    name: str
    label: str
    kind: str
    is_required: bool
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage:
    """*stamp* goes back with the form, with what *work_bits* ask of a browser. *ways* are the site's other ways."""

    form: Form
    is_open: bool
    fields: tuple[AskedField, ...] = ()
    consent_html: Markup = field(default_factory=Markup)
    stamp: str = ""
    work_bits: int = 0
    ways: tuple[MenuItem, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderTab:
    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageItem:
    """A line of the inbox; *snippet* is the beginning of the words."""

    id: str
    name: str
    snippet: str
    received_at: datetime
    state: str
    is_unread: bool
    way: str = ""
    assignee: str = ""
    has_note: bool = False

    @property
    def desk_url(self) -> str:
        return f"{INBOX}/messages/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFragment:
    """`admin/contacts/_unread.html`: how many *waiting* messages the desk's menu tells of."""

    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """*message* is about what was wrong with what was to be done with those *chosen*."""

    messages: tuple[MessageItem, ...]
    pagination: Pagination
    folder: str
    tabs: tuple[FolderTab, ...]
    query: str = ""
    assignee: str = ""
    members: tuple[Choice, ...] = ()
    deeds: tuple[Choice, ...] = ()
    chosen: frozenset[str] = frozenset()
    message: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyItem:
    at: datetime
    by_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePage:
    """*form* has state, note and assignee; *reply* the words of an answer. It is erased at *ends_at*."""

    id: str
    version: int
    name: str
    text: str
    received_at: datetime
    ends_at: datetime
    state: str
    form: Form
    reply: Form
    email: str = ""
    telegram: str = ""
    telegram_url: str = ""
    other: str = ""
    extra: tuple[LabelledText, ...] = ()
    consent: str = ""
    reasons: tuple[str, ...] = ()
    replies: tuple[ReplyItem, ...] = ()
    states: tuple[Choice, ...] = ()
    members: tuple[Choice, ...] = ()
    is_trashed: bool = False
    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def desk_url(self) -> str:
        return f"{INBOX}/messages/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPage:
    """What is kept about *address*; with *is_found* False nothing was looked for yet, because it is none."""

    address: str
    form: Form
    messages: tuple[MessageItem, ...] = ()
    is_found: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A row of the form's settings; *number* is the N in `field-N-label`."""

    number: int
    key: str
    label: str
    kind: str
    choices: str
    is_required: bool
    label_error: str = ""
    choices_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChoice:
    id: str
    name: str
    email: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSettingsPage:
    form: Form
    rows: tuple[FieldRow, ...]
    kinds: tuple[Choice, ...]
    members: tuple[ToldChoice, ...]
    is_shown: bool
    limits: Mapping[str, int] = field(default_factory=dict)
