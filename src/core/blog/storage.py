from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.access import Scope
from core.blog.entities import Post, PostId, PostStatus
from core.identity import UserId
from core.pagination import NumberedPage, Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """Which posts a list holds. *status* None: of any; *scope* OWN: only those of *viewer*; *text* is looked for in
    title, description and body. Trashed posts only with *is_trashed*, and then only they."""

    now: datetime
    status: PostStatus | None = PostStatus.PUBLISHED
    scope: Scope = Scope.ALL
    viewer: UserId | None = None
    tag: str | None = None
    lang: str | None = None
    slug: str | None = None
    text: str | None = None
    is_trashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCounts:
    """*hidden* were withdrawn; those in the trash count only as *trashed*."""

    published: int
    scheduled: int
    drafts: int
    hidden: int
    trashed: int


class PostStorage(Protocol):
    """This site's posts."""

    async def get(self, post_id: PostId) -> Post:
        """The post, also from the trash. Raises PostNotFound."""
        ...

    async def find_readable(self, slug: str, *, now: datetime) -> Post | None:
        """What visitors read at this address at *now*."""
        ...

    async def find_by_slug(self, slug: str) -> Post | None:
        """The post that holds this address, public or not, trashed or not."""
        ...

    async def list_held(self, slugs: Sequence[str]) -> frozenset[str]:
        """Those of *slugs* that a post holds, public or not, trashed or not."""
        ...

    async def list_numbered(self, wanted: PostFilter, *, number: int, size: int) -> NumberedPage[Post]:
        """Newest first: by publication, drafts by their last change. Bodies and HTML are left empty."""
        ...

    async def list_slice(self, wanted: PostFilter, *, limit: int, cursor: str | None) -> Slice[Post]:
        """The same order by cursor, whole posts. Raises Invalid on a cursor that we did not make."""
        ...

    async def count(self, wanted: PostFilter) -> PostCounts:
        """How many posts there are, for the desk: *wanted* says whose (scope, viewer) and at what time; its other
        fields do not matter."""
        ...

    async def add(self, post: Post) -> None:
        """Raises SlugTaken at once, also when the other post was begun at the same moment; the transaction goes on."""
        ...

    async def save(self, post: Post) -> Post:
        """Return it with the next version. Raises StaleVersion when *post.version* is not the one that stands,
        or SlugTaken."""
        ...
