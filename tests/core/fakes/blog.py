from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from core.access import Scope
from core.blog.entities import Post, PostId, PostStatus
from core.blog.errors import PostNotFound, SlugTaken
from core.blog.storage import PostCounts, PostFilter
from core.errors import StaleVersion
from core.pagination import NumberedPage, Slice
from tests.core.fakes.cursors import after


class MemoryPosts:
    def __init__(self, *posts: Post) -> None:
        self.kept = {post.id: post for post in posts}

    async def get(self, post_id: PostId) -> Post:
        if post_id not in self.kept:
            raise PostNotFound
        return self.kept[post_id]

    async def find_readable(self, slug: str, *, now: datetime) -> Post | None:
        return next((post for post in self.kept.values() if post.slug == slug and post.is_readable(now)), None)

    async def find_by_slug(self, slug: str) -> Post | None:
        return next((post for post in self.kept.values() if post.slug == slug), None)

    async def list_held(self, slugs: Sequence[str]) -> frozenset[str]:
        return frozenset(post.slug for post in self.kept.values() if post.slug in slugs)

    async def list_numbered(self, wanted: PostFilter, *, number: int, size: int) -> NumberedPage[Post]:
        found = self._list(wanted)
        shown = [replace(post, body="", html="") for post in found[(number - 1) * size : number * size]]
        return NumberedPage(items=shown, number=number, size=size, total=len(found))

    async def list_slice(self, wanted: PostFilter, *, limit: int, cursor: str | None) -> Slice[Post]:
        return after(self._list(wanted), cursor, limit=limit, key=_place)

    async def count(self, wanted: PostFilter) -> PostCounts:
        mine = [post for post in self.kept.values() if _is_whose(post, wanted)]
        found = [post.status(wanted.now) for post in mine if post.trashed_at is None]
        return PostCounts(
            published=found.count(PostStatus.PUBLISHED),
            scheduled=found.count(PostStatus.SCHEDULED),
            drafts=found.count(PostStatus.DRAFT),
            hidden=found.count(PostStatus.WITHDRAWN),
            trashed=len(mine) - len(found),
        )

    async def add(self, post: Post) -> None:
        self._refuse_taken(post)
        self.kept[post.id] = post

    async def save(self, post: Post) -> Post:
        standing = await self.get(post.id)
        if standing.version != post.version:
            raise StaleVersion(current=standing.version)
        self._refuse_taken(post)
        self.kept[post.id] = replace(post, version=post.version + 1)
        return self.kept[post.id]

    def _refuse_taken(self, post: Post) -> None:
        if any(other.slug == post.slug and other.id != post.id for other in self.kept.values()):
            raise SlugTaken(post.slug)

    def _list(self, wanted: PostFilter) -> Sequence[Post]:
        return sorted(filter(lambda post: _is_wanted(post, wanted), self.kept.values()), key=_place, reverse=True)


def _place(post: Post) -> tuple[datetime, str]:
    return post.published_at or post.updated_at, post.id


def _is_wanted(post: Post, wanted: PostFilter) -> bool:
    return all(_conditions(post, wanted)) and _is_whose(post, wanted)


def _conditions(post: Post, wanted: PostFilter) -> Iterable[bool]:
    yield (post.trashed_at is not None) == wanted.is_trashed
    yield wanted.status in (None, post.status(wanted.now))
    yield wanted.tag is None or wanted.tag in post.tags
    yield wanted.lang in (None, post.lang)
    yield wanted.slug in (None, post.slug)
    text = (wanted.text or "").lower()
    yield any(text in field.lower() for field in (post.title, post.description, post.body))


def _is_whose(post: Post, wanted: PostFilter) -> bool:
    is_own = wanted.viewer is not None and post.author_id == wanted.viewer
    return wanted.scope is Scope.ALL or (wanted.scope is Scope.OWN and is_own)
