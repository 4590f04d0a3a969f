"""The owner's desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from entrypoints.web.views.charts import MonthsChart
from entrypoints.web.views.reading import Pagination

PostStatus = Literal["draft", "scheduled", "published", "withdrawn"]
PostKind = Literal["post", "page"]


def desk_url(kind: PostKind) -> str:
    """Where the desk lists them."""
    return "/admin/pages" if kind == "page" else "/admin/blog"


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
    may_share: bool = True
    kind: PostKind = "post"

    @property
    def desk_url(self) -> str:
        """The address of its forms; the editor is at …/edit."""
        return f"{desk_url(self.kind)}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCounts:
    published: int
    scheduled: int
    drafts: int
    trashed: int
    files: int
    bytes_stored: int
    bytes_allowed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHomePage:
    """*drafts* are the last edited that this person may edit, *scheduled* those that come next; *months* what was
    published when."""

    counts: DeskCounts
    months: MonthsChart = field(default_factory=MonthsChart)
    scheduled: tuple[AdminPost, ...] = ()
    drafts: tuple[AdminPost, ...] = ()
    published: tuple[AdminPost, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTab:
    """*status* "" for all."""

    status: PostStatus | Literal[""]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A chosen text to which something was not done, and why."""

    title: str
    lang: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionResult:
    """What came of doing something to several texts. *done* says what, to *count* of them; *message* is about all,
    and *deed* and *tag* what was to be done, to be corrected."""

    done: str = ""
    deed: str = ""
    tag: str = ""
    count: int = 0
    unchanged: tuple[Unchanged, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAdminListPage:
    """`admin/blog/index.html`, and `admin/blog/_list.html` alone for HTMX (target `posts`). *status* is the
    filter of the URL, "" for all, and *tag* likewise; *tags* are those to choose from. *result* is that of a deed with
    several of them that did not go well altogether, and *chosen* are their ids."""

    posts: tuple[AdminPost, ...]
    pagination: Pagination
    query: str = ""
    status: PostStatus | Literal[""] = ""
    kind: PostKind = "post"
    tag: str = ""
    tags: tuple[str, ...] = ()
    tabs: tuple[StatusTab, ...] = ()
    result: SelectionResult | None = None
    chosen: frozenset[str] = frozenset()

    @property
    def desk_url(self) -> str:
        return desk_url(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPreviewPage:
    """`admin/blog/show.html`: the post as readers will see it, in the desk."""

    post: AdminPost
    description: str
    body_html: Markup
    tags: tuple[str, ...] = ()
    minutes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashedPost:
    id: str
    title: str
    lang: str
    trashed_at: datetime
    may_restore: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashedQuestion:
    id: str
    title: str
    place: str
    may_restore: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashPage:
    """*more_questions*: there are further ones, in the list of questions."""

    posts: tuple[TrashedPost, ...] = ()
    questions: tuple[TrashedQuestion, ...] = ()
    more_questions: bool = False
