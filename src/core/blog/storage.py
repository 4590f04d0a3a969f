from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.access import Scope
from core.blog.entities import Post, PostId, PostKind, PostStatus
from core.identity import UserId
from core.pagination import NumberedPage, Slice
from core.searching import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """Which posts a list holds. *kind* None: of any; *status* None: of any; *scope* OWN: only those of *viewer*;
    *text* is searched as in PostSearch. Published at or after *since* and before *until*. *preferred*: of texts that
    are translations of each other only the one in this language, if visitors can read it; the others otherwise.
    *mention*: only texts that link to it or show it (as in Rendered). Trashed posts only with *is_trashed*, and then
    only they."""

    now: datetime
    kind: PostKind | None = PostKind.POST
    status: PostStatus | None = PostStatus.PUBLISHED
    scope: Scope = Scope.ALL
    viewer: UserId | None = None
    tag: str | None = None
    series: str | None = None
    author: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    lang: str | None = None
    preferred: str | None = None
    slug: str | None = None
    text: str | None = None
    mention: str | None = None
    is_trashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCounts:
    """*hidden* were withdrawn; those in the trash count only as *trashed*."""

    published: int
    scheduled: int
    drafts: int
    hidden: int
    trashed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLink:
    """A post as others point to it."""

    id: PostId
    kind: PostKind
    slug: str
    title: str
    lang: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAddress:
    """Where a text is read, and which others say the same (*group_id*); *canonical_url* when it came from elsewhere."""

    kind: PostKind
    slug: str
    lang: str
    group_id: PostId
    updated_at: datetime
    canonical_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOutline:
    """A text by what others need to know to name it."""

    id: PostId
    kind: PostKind
    slug: str
    lang: str
    group_id: PostId
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """What visitors can read beside a post: the next *older* and *newer* by date (in the same language first choice as
    lists), at most three *related* by tags (nearest first), all *parts* of its series in their order (the post among
    them), and its *translations* (without itself) by language."""

    older: PostLink | None = None
    newer: PostLink | None = None
    related: Sequence[PostLink] = ()
    parts: Sequence[PostLink] = ()
    translations: Sequence[PostLink] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPost:
    """*post* without body and HTML; *title* and *snippet* in pieces."""

    post: Post
    title: Sequence[Piece]
    snippet: Sequence[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPosts:
    """One page of what was found, best first. *corrected*: nothing had the words as typed, and these were looked for
    instead."""

    page: NumberedPage[FoundPost]
    corrected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Posts that share something: the *name* shown, the *slug* in addresses, how many, and when the newest came."""

    name: str
    slug: str
    count: int
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """By what visitors can leaf through a blog: tags and authors by name, series by name, years newest first (slug and
    name are its four digits)."""

    tags: Sequence[Shelf] = ()
    series: Sequence[Shelf] = ()
    authors: Sequence[Shelf] = ()
    years: Sequence[Shelf] = ()


class PostStorage(Protocol):
    """This site's posts and free pages. Addresses are unique among posts and among pages, not between them."""

    async def get(self, post_id: PostId, *, kind: PostKind | None = None) -> Post:
        """The post, also from the trash. Raises PostNotFound, also when it is not of *kind*."""
        ...

    async def find_readable(self, slug: str, *, now: datetime, kind: PostKind = PostKind.POST) -> Post | None:
        """What visitors read at this address at *now*."""
        ...

    async def find_by_slug(self, slug: str, *, kind: PostKind = PostKind.POST) -> Post | None:
        """The post that holds this address, public or not, trashed or not."""
        ...

    async def list_group(self, group_id: PostId) -> Sequence[Post]:
        """All that are translations of each other, without bodies and HTML, trashed ones left out."""
        ...

    async def list_held(self, slugs: Sequence[str], *, kind: PostKind = PostKind.POST) -> frozenset[str]:
        """Those of *slugs* that a post holds, public or not, trashed or not."""
        ...

    async def list_linkable(
        self, text: str, *, now: datetime, scope: Scope, viewer: UserId | None, limit: int
    ) -> Sequence[Post]:
        """Posts and pages with *text* in title or address, in any case: what visitors can read at *now*, and of the
        rest what *scope* reaches. Whose title or address begins with it first, then newest. No bodies; one query."""
        ...

    async def list_origins(self, origins: Sequence[str]) -> Mapping[str, PostLink]:
        """Which post came from each of *origins*, or is the one that it names (core.blog.origins), trashed ones too;
        those that lead to none are left out."""
        ...

    async def list_numbered(
        self, wanted: PostFilter, *, number: int, size: int, pinned_first: bool = False
    ) -> NumberedPage[Post]:
        """Newest first: by publication, drafts by their last change. Bodies, HTML and plain texts are left empty. One
        query, however many there are."""
        ...

    async def list_slice(self, wanted: PostFilter, *, limit: int, cursor: str | None) -> Slice[Post]:
        """The same order by cursor, whole posts. Raises Invalid on a cursor that we did not make."""
        ...

    async def list_series(self, series: str, *, now: datetime, kind: PostKind = PostKind.POST) -> Sequence[Post]:
        """What visitors read of a series in its order: by part, those without one by date after them. No bodies."""
        ...

    async def list_addresses(self, *, now: datetime, limit: int) -> Sequence[PostAddress]:
        """Of all posts and pages that visitors can read, newest publication first."""
        ...

    async def list_outlines(self) -> Sequence[PostOutline]:
        """Of all posts and pages that are not in the trash, in no order; one query."""
        ...

    async def list_many(self, post_ids: Sequence[PostId]) -> Sequence[Post]:
        """Those of *post_ids* that are there and not in the trash, whole, in no order; one query."""
        ...

    async def look_around(self, post: Post, *, now: datetime, preferred: str) -> Neighbourhood:
        """One or two queries, however many posts there are. For a page only its translations."""
        ...

    async def search(self, wanted: PostFilter, *, text: str, number: int, size: int) -> FoundPosts:
        """Ranked: words of the title count most, then tags and summary, then the text; stems as the language of each
        post has them, the last word also as a beginning. Words that no readable post has are taken for the nearest
        that one has (trigrams), if any. At most two queries."""
        ...

    async def list_shelves(self, *, now: datetime, time_zone: str) -> Shelves:
        """Of what visitors can read; one query."""
        ...

    async def list_desk_shelves(self) -> Shelves:
        """Tags and series of all posts and pages that are not in the trash."""
        ...

    async def retag(self, old: Sequence[str], new: str | None, *, at: datetime) -> int:
        """Put *new* in the place of each of *old* (None: take them away) in all texts, trashed ones too, without
        doubles; each changed text gets its next version. Return how many changed."""
        ...

    async def rename_series(self, slug: str, *, name: str, new_slug: str) -> int:
        """The same for a series; an empty *name* dissolves it."""
        ...

    async def list_mentioning(
        self, mentions: Sequence[str], *, limit: int, after: PostId | None = None
    ) -> Sequence[Post]:
        """Texts that link to or show any of *mentions* (``post:slug``, ``media:key``), whole, without trashed ones, by
        id; with *after* only those behind it."""
        ...

    async def list_outdated(self, version: int, *, limit: int) -> Sequence[Post]:
        """Texts whose HTML an older renderer than *version* made, whole, trashed ones too."""
        ...

    async def list_unannounced(self, *, now: datetime, limit: int) -> Sequence[Post]:
        """What is readable and was not announced, oldest publication first, locked until the transaction ends; what
        somebody else has locked is left out."""
        ...

    async def mark_announced(self, post_ids: Sequence[PostId], *, at: datetime) -> None:
        """What has to follow their publication has been seen to. To whoever is writing in one of them nothing has
        happened: the versions stay."""
        ...

    async def next_publication(self, *, now: datetime) -> datetime | None:
        """When the next scheduled post becomes public."""
        ...

    async def count(self, wanted: PostFilter) -> PostCounts:
        """How many there are, for the desk: *wanted* says whose (scope, viewer), of which kind and at what time; its
        other fields do not matter."""
        ...

    async def count_months(self, wanted: PostFilter, *, time_zone: str) -> Mapping[date, int]:
        """How many of the posts that *wanted* holds were published in each month of that time zone, by its first day;
        months without any are left out."""
        ...

    async def add(self, post: Post) -> None:
        """Raises SlugTaken at once, also when the other post was begun at the same moment, or OriginTaken; the
        transaction goes on."""
        ...

    async def save(self, post: Post) -> Post:
        """Return it with the next version. Raises StaleVersion when *post.version* is not the one that stands,
        or SlugTaken."""
        ...

    async def save_rendered(self, post: Post) -> bool:
        """Keep HTML and what else rendering gave; the version stays. False, and nothing done, when the text was saved
        anew in between."""
        ...

    async def delete_trashed(self, *, before: datetime) -> Sequence[PostId]:
        """Forget for good what was thrown away before *before*; return which."""
        ...
