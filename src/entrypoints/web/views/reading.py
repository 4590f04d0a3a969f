"""Pages for readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from entrypoints.web.views.seo import Seo
from entrypoints.web.views.site import MenuItem

if TYPE_CHECKING:
    from entrypoints.web.views.matrix import SheetSummary

NO_HTML = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """A `<source>`: *srcset* names the same picture in several widths."""

    content_type: str
    srcset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """*width* and *height* keep its place while it loads; 0 where nobody looked. *tone* is the class of the colour that
    stands in until then; *sources* and *sizes* are for `<picture>`."""

    url: str
    alt: str
    width: int = 0
    height: int = 0
    tone: str = ""
    sources: tuple[PictureSource, ...] = ()
    sizes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """*url* is empty while there is no list to lead to."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """Some text of a find; *is_match*: what was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostListItem:
    """*title_pieces* and *snippet* only of a find, which may be a page; *part* is its place in the series whose list
    this is."""

    title: str
    url: str
    published_at: datetime
    lang: str
    description: str = ""
    tags: tuple[Tag, ...] = ()
    is_pinned: bool = False
    part: int = 0
    title_pieces: tuple[TextPiece, ...] = ()
    snippet: tuple[TextPiece, ...] = ()
    is_page: bool = False


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
    """*about_html* is the sanitised "who"; *posts* the latest few; *matrix* its sheets in brief; *ways* the ways to
    reach the owner."""

    about_html: Markup = NO_HTML
    picture: PictureView | None = None
    posts: tuple[PostListItem, ...] = ()
    matrix: tuple[SheetSummary, ...] = ()
    ways: tuple[MenuItem, ...] = ()
    seo: Seo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLink:
    """One list to leaf through; *count* of its posts. *lang* is of the *name* where it is not the site's."""

    name: str
    url: str
    count: int = 0
    lang: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The other ways through a blog; authors only when there are several."""

    years: tuple[ShelfLink, ...] = ()
    series: tuple[ShelfLink, ...] = ()
    authors: tuple[ShelfLink, ...] = ()
    tags: tuple[ShelfLink, ...] = ()

    @property
    def shelves(self) -> tuple[tuple[str, tuple[ShelfLink, ...]], ...]:
        """Those that hold something, in the order of the page."""
        named = (("years", self.years), ("series", self.series), ("authors", self.authors), ("tags", self.tags))
        return tuple((name, links) for name, links in named if links)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorView:
    """What an author tells of herself; everything may be empty."""

    bio_html: Markup
    picture: PictureView | None
    links: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostListPage:
    """`blog/index.html`, and `blog/_list.html` alone for HTMX (target `posts`). *kind* says what holds the posts
    together and *name* which: the tag, the series, the author, the four digits of the year; *heading* is that in
    words. *corrected*: what was looked for instead of *query*. *lang*: only posts in this language; *languages* offers
    the choice. *author* is what the author tells of herself. Without *seo* it is for people only."""

    posts: tuple[PostListItem, ...]
    pagination: Pagination
    kind: Literal["all", "tag", "series", "author", "year"] = "all"
    name: str = ""
    heading: str = ""
    path: str = "/blog"
    query: str = ""
    corrected: str = ""
    lang: str = ""
    languages: tuple[ShelfLink, ...] = ()
    archive: Archive | None = None
    author: AuthorView | None = None
    seo: Seo | None = None


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
    published_at: datetime | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBox:
    """*number* is the place of the post among the *parts* that can be read, 0 when it is not among them."""

    name: str
    url: str
    parts: tuple[Neighbour, ...]
    number: int = 0

    @property
    def next(self) -> Neighbour | None:
        return self.parts[self.number] if 0 < self.number < len(self.parts) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same text in another language; *label* invites in that language."""

    url: str
    lang: str
    title: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """`blog/show.html`, and `pages/show.html` for a free page. *updated_at* only when it differs from *published_at* by
    a day or more; *headings* only when there are three or more; *edit_url* only for whoever may edit. *older* and
    *newer* are its neighbours in time. *meta_title*, *meta_description* and *canonical_url* are for search engines and
    never empty, but for a description that nobody wrote. *preview*: opened by a link for those who may look early."""

    title: str
    url: str
    lang: str
    body_html: Markup
    published_at: datetime
    minutes: int
    meta_title: str
    canonical_url: str
    meta_description: str = ""
    description: str = ""
    author: str = ""
    author_url: str = ""
    updated_at: datetime | None = None
    tags: tuple[Tag, ...] = ()
    headings: tuple[Heading, ...] = ()
    older: Neighbour | None = None
    newer: Neighbour | None = None
    related: tuple[Neighbour, ...] = ()
    series: SeriesBox | None = None
    translations: tuple[Translation, ...] = ()
    edit_url: str = ""
    cover: PictureView | None = None
    preview: Literal["", "hidden", "public"] = ""
    seo: Seo | None = None
