"""The writing desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from entrypoints.web.views.desk import AdminPost, PostKind, PostStatus, desk_url
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.media import MediaItem
from entrypoints.web.views.reading import NO_HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFragment:
    """`admin/_saved.html`, the answer to an autosave by HTMX (target `save-state`): the editor takes
    the new version from it, and the form's address when the post has just been made. *message* when it
    was refused. *is_aside*: it is kept for this person, readers see what they saw before. *slug* is the address now."""

    action: str
    version: int
    saved_at: datetime | None = None
    slug: str = ""
    message: str = ""
    is_conflict: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessLine:
    """One thing to see to before publishing: *text* says what, *field* where, *line* of the body perhaps."""

    text: str
    field: str
    line: int | None = None
    is_error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFragment:
    """`admin/blog/_preview.html`, the answer of POST /admin/blog/preview (target `preview`); with *is_answer* also
    `_readiness.html` and `_counts.html`, out of band."""

    body_html: Markup = NO_HTML
    lang: str = ""
    readiness: tuple[ReadinessLine, ...] = ()
    words: int = 0
    minutes: int = 0
    is_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkItem:
    """*mark* is what is written into the text to link there."""

    title: str
    mark: str
    lang: str
    kind: PostKind | Literal["matrix"]
    status: PostStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksFragment:
    """`admin/blog/_links.html`: what was found for *query*, "" for the newest."""

    items: tuple[LinkItem, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The site's clock, *offset_now* as in UTC+02:00. *at* is when a scheduled post becomes public, *local* that as it
    is typed, *offset* the clock's then; *is_first_of_two*: it shows that time twice in that night."""

    zone: str
    offset_now: str
    at: datetime | None = None
    local: str = ""
    offset: str = ""
    is_first_of_two: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEditPage:
    """*post* is None for a new one. *form*: all fields of a text, version, publish_at. *preview* is the text as it is
    in the form. *pictures* are the newest files, for the picker. *aside_at*: the form holds what this person
    kept aside then, not what readers see. *is_linking*: the list of links was asked for."""

    form: Form
    languages: tuple[Choice, ...]
    upload_bytes: int
    schedule: Schedule
    kind: PostKind = "post"
    post: AdminPost | None = None
    preview: PreviewFragment = field(default_factory=PreviewFragment)
    pictures: tuple[MediaItem, ...] = ()
    tags: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    originals: tuple[Choice, ...] = ()
    links: LinksFragment = field(default_factory=LinksFragment)
    is_linking: bool = False
    saved_at: datetime | None = None
    aside_at: datetime | None = None

    @property
    def desk_url(self) -> str:
        return desk_url(self.kind)

    @property
    def action(self) -> str:
        return self.post.desk_url if self.post else self.desk_url

    @property
    def is_published(self) -> bool:
        """Whether readers see it, or will without anybody doing more."""
        return self.post is not None and self.post.status in ("published", "scheduled")

    @property
    def lang(self) -> str:
        return self.form.value("lang") or self.languages[0].value

    @property
    def saved(self) -> SavedFragment:
        version = self.post.version if self.post else 0
        is_aside = self.aside_at is not None
        return SavedFragment(
            action=self.action, version=version, saved_at=self.aside_at or self.saved_at, is_aside=is_aside
        )

    def has_trouble(self, *names: str) -> bool:
        """Whether one of these fields was refused."""
        return any(self.form.error(name) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPiece:
    """Some text, and whether it came, went or stayed; *is_gap*: what stayed is left out here."""

    kind: Literal["equal", "insert", "delete"]
    text: str
    is_gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostConflictPage:
    """`admin/blog/conflict.html`, status 409: both texts. *mine* is what was typed, joined with the changes of
    *theirs* (what stands) where they do not meet; *clashes* are the fields where they do. *typed_body* is the body as
    it was typed, when joining changed it. *diffs*: from what stands to what saving would make of it, by field.
    *version* is the one that stands and goes into the form, so that saving again replaces it knowingly."""

    post: AdminPost
    mine: Form
    theirs: Form
    version: int
    languages: tuple[Choice, ...]
    clashes: frozenset[str] = frozenset()
    diffs: Mapping[str, tuple[DiffPiece, ...]] = field(default_factory=dict)
    typed_body: str = ""

    @property
    def differing(self) -> frozenset[str]:
        """The fields to look at; the others are the same in both."""
        return frozenset(name for name in self.theirs.values if self.mine.value(name) != self.theirs.value(name))
