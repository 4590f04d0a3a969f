"""The owner's desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.reading import NO_HTML, Pagination

PostStatus = Literal["draft", "scheduled", "published", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPost:
    """*live_url* is empty for what is not public; the flags are this person's rights on this post."""

    id: str
    title: str
    slug: str
    status: PostStatus
    lang: str
    version: int
    updated_at: datetime
    published_at: datetime | None = None
    author: str = ""
    live_url: str = ""
    may_edit: bool = True
    may_publish: bool = True
    may_withdraw: bool = True
    may_trash: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """*size* in bytes; *markdown* is what the editor inserts."""

    key: str
    url: str
    filename: str
    alt: str
    width: int
    height: int
    size: int
    created_at: datetime
    may_edit: bool = True

    @property
    def markdown(self) -> str:
        return f"![{self.alt}]({self.url})"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCounts:
    published: int
    drafts: int
    trashed: int
    files: int
    bytes_stored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHomePage:
    """*drafts* are the last edited that this person may edit."""

    counts: DeskCounts
    drafts: tuple[AdminPost, ...] = ()
    published: tuple[AdminPost, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAdminListPage:
    """`admin/blog/index.html`, and `admin/blog/_list.html` alone for HTMX (target `posts`). *status* is the
    filter of the URL, "" for all."""

    posts: tuple[AdminPost, ...]
    pagination: Pagination
    query: str = ""
    status: PostStatus | Literal[""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFragment:
    """`admin/blog/_saved.html`, the answer to an autosave by HTMX (target `save-state`): the editor takes
    the new version from it, and the form's address when the post has just been made. *message* when it
    was refused."""

    action: str
    version: int
    saved_at: datetime | None = None
    message: str = ""
    is_conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEditPage:
    """*post* is None for a new one. *form*: title, slug, description, tags, lang, body,
    cover, cover_alt, version.
    *body_html* is the body rendered, for the preview. *pictures* are the newest files, for the picker."""

    form: Form
    languages: tuple[Choice, ...]
    upload_bytes: int
    post: AdminPost | None = None
    body_html: Markup = NO_HTML
    pictures: tuple[MediaItem, ...] = ()
    saved_at: datetime | None = None

    @property
    def action(self) -> str:
        return f"/admin/blog/{self.post.id}" if self.post else "/admin/blog"

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
        return SavedFragment(action=self.action, version=version, saved_at=self.saved_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFragment:
    """`admin/blog/_preview.html`, the answer of POST /admin/blog/preview (target `preview`)."""

    body_html: Markup
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPreviewPage:
    """`admin/blog/show.html`: the post as readers will see it, in the desk."""

    post: AdminPost
    description: str
    body_html: Markup
    tags: tuple[str, ...] = ()
    minutes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PostConflictPage:
    """`admin/blog/conflict.html`, status 409: both texts. *mine* is what was typed, *theirs* what stands;
    *version* is the one that stands and goes into the form, so that saving again replaces it knowingly."""

    post: AdminPost
    mine: Form
    theirs: Form
    version: int
    languages: tuple[Choice, ...]

    @property
    def differing(self) -> frozenset[str]:
        """The fields to choose between; the others are the same in both."""
        return frozenset(name for name in self.theirs.values if self.mine.value(name) != self.theirs.value(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaListPage:
    """`admin/media/index.html`, and `admin/media/_item.html` (with `item`) for one just uploaded. *form*
    carries the errors of an upload without JavaScript."""

    files: tuple[MediaItem, ...]
    upload_bytes: int
    form: Form = field(default_factory=Form)
    next_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaEditPage:
    """*form* holds alt and, for the deletion, name: the file's name typed again. *is_used*: a post or the
    site shows it, so it cannot be deleted; the page says so instead of offering it."""

    file: MediaItem
    form: Form
    may_delete: bool = False
    is_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashedPost:
    id: str
    title: str
    lang: str
    trashed_at: datetime
    may_restore: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashPage:
    posts: tuple[TrashedPost, ...] = ()
