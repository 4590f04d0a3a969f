"""Pages for readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from entrypoints.web.views.site import MenuItem

NO_HTML = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """*width* and *height* keep its place while it loads; 0 where nobody looked."""

    url: str
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """*url* is empty while there is no list to lead to."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostListItem:
    title: str
    url: str
    published_at: datetime
    lang: str
    description: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """*previous_url* and *next_url* are empty at the ends; *total* counts all that match."""

    number: int = 1
    last: int = 1
    total: int = 0
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """*about_html* is the sanitised "who"; *posts* the latest few; *ways* the ways to reach the owner."""

    about_html: Markup = NO_HTML
    picture: PictureView | None = None
    posts: tuple[PostListItem, ...] = ()
    ways: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostListPage:
    """`blog/index.html`, and `blog/_list.html` alone for HTMX (target `posts`). *tag*: only posts that have it."""

    posts: tuple[PostListItem, ...]
    pagination: Pagination
    query: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An entry of the table of contents: *anchor* is the id in the HTML, *level* 2 or 3."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    title: str
    url: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """*updated_at* only when it differs from *published_at* by a day or more; *headings* only when there are
    three or more; *edit_url* only for whoever may edit. *older* and *newer* are its neighbours in time."""

    title: str
    url: str
    lang: str
    body_html: Markup
    published_at: datetime
    minutes: int
    description: str = ""
    author: str = ""
    updated_at: datetime | None = None
    tags: tuple[Tag, ...] = ()
    headings: tuple[Heading, ...] = ()
    older: Neighbour | None = None
    newer: Neighbour | None = None
    edit_url: str = ""
    cover: PictureView | None = None
