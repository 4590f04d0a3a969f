"""What a text was, who may look early, and what the desk does to many texts at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from entrypoints.web.views.desk import AdminPost
from entrypoints.web.views.editor import DiffPiece, ReadinessLine
from entrypoints.web.views.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionItem:
    """*size* in characters; *is_present*: the text still is as it was saved then."""

    number: int
    saved_at: datetime
    author: str
    size: int
    title: str = ""
    is_auto: bool = False
    is_present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionListPage:
    """`admin/blog/revisions.html`: newest first."""

    post: AdminPost
    revisions: tuple[RevisionItem, ...] = ()
    older_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    """One field of a text as words; *name* is that of the form."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPage:
    """`admin/blog/revision.html`: a text as it was. *fields* are those that say something, without title and body.
    *problems*: why it was not restored."""

    post: AdminPost
    revision: RevisionItem
    lang: str
    body: str
    fields: tuple[TextField, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """*pieces* lead from the old to the new; empty for a field that was replaced whole."""

    name: str
    old: str
    new: str
    pieces: tuple[DiffPiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """`admin/blog/comparison.html`; *new* is None for the text as it stands."""

    post: AdminPost
    old: RevisionItem
    new: RevisionItem | None = None
    differences: tuple[FieldDifference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewItem:
    id: str
    url: str
    author: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewListPage:
    """`admin/blog/previews.html`. *form*: days."""

    post: AdminPost
    form: Form
    days_max: int
    previews: tuple[PreviewItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskShelf:
    """A tag or a series; *url* is its list on the desk, "" for a series."""

    name: str
    slug: str
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvesPage:
    """`admin/blog/tags.html`. The forms: into; what was chosen is *chosen*."""

    tags: tuple[DeskShelf, ...] = ()
    series: tuple[DeskShelf, ...] = ()
    tag_form: Form = field(default_factory=Form)
    series_form: Form = field(default_factory=Form)
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedItem:
    post: AdminPost
    lines: tuple[ReadinessLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """`admin/blog/check.html`: texts that lack something, of the *checked* ones."""

    texts: tuple[CheckedItem, ...] = ()
    checked: int = 0
    has_drafts: bool = False
    next_url: str = ""
