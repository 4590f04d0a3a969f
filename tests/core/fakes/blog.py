from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.access import Scope
from core.blog.entities import Post, PostId, PostKind, PostStatus
from core.blog.errors import OriginTaken, PostNotFound, SlugTaken
from core.blog.storage import (
    FoundPosts,
    Neighbourhood,
    PostAddress,
    PostCounts,
    PostFilter,
    PostLink,
    PostOutline,
    Shelves,
)
from core.errors import StaleVersion
from core.identity import UserId
from core.pagination import NumberedPage, Slice
from tests.core.fakes.blog_lists import (
    around,
    group_of,
    is_wanted,
    is_whose,
    link_to,
    place,
    series_order,
    shelves_of,
    short,
)
from tests.core.fakes.blog_search import search
from tests.core.fakes.cursors import after


class MemoryPosts:
    def __init__(self, *posts: Post) -> None:
        self.kept = {post.id: post for post in posts}

    async def get(self, post_id: PostId, *, kind: PostKind | None = None) -> Post:
        if post_id not in self.kept or kind not in (None, self.kept[post_id].kind):
            raise PostNotFound
        return self.kept[post_id]

    async def find_readable(self, slug: str, *, now: datetime, kind: PostKind = PostKind.POST) -> Post | None:
        found = await self.find_by_slug(slug, kind=kind)
        return found if found and found.is_readable(now) else None

    async def find_by_slug(self, slug: str, *, kind: PostKind = PostKind.POST) -> Post | None:
        return next((post for post in self.kept.values() if (post.kind, post.slug) == (kind, slug)), None)

    async def list_group(self, group_id: PostId) -> Sequence[Post]:
        found = self._sorted(lambda post: group_of(post) == group_id and post.trashed_at is None)
        return sorted(map(short, found), key=lambda post: (post.lang, post.id))

    async def list_held(self, slugs: Sequence[str], *, kind: PostKind = PostKind.POST) -> frozenset[str]:
        return frozenset(post.slug for post in self.kept.values() if post.kind is kind and post.slug in slugs)

    async def list_linkable(
        self, text: str, *, now: datetime, scope: Scope, viewer: UserId | None, limit: int
    ) -> Sequence[Post]:
        reach = PostFilter(now=now, kind=None, status=None, scope=scope, viewer=viewer)
        wanted = text.replace("\x00", "").lower()

        def names(post: Post) -> tuple[str, str]:
            return post.title.lower(), post.slug

        found = self._sorted(
            lambda post: (
                post.trashed_at is None
                and any(wanted in name for name in names(post))
                and (post.is_readable(now) or is_whose(post, reach))
            )
        )
        found.sort(key=lambda post: any(name.startswith(wanted) for name in names(post)), reverse=True)
        return [short(post) for post in found[:limit]]

    async def list_origins(self, origins: Sequence[str]) -> Mapping[str, PostLink]:
        names = ((name, post) for post in self.kept.values() for name in (post.origin, f"terrace:{post.id}") if name)
        return {name: link_to(post) for name, post in names if name in origins}

    async def list_numbered(
        self, wanted: PostFilter, *, number: int, size: int, pinned_first: bool = False
    ) -> NumberedPage[Post]:
        found = self._list(wanted)
        if pinned_first:
            found.sort(key=lambda post: post.is_pinned, reverse=True)
        shown = [short(post) for post in found[(number - 1) * size : number * size]]
        return NumberedPage(items=shown, number=number, size=size, total=len(found))

    async def list_slice(self, wanted: PostFilter, *, limit: int, cursor: str | None) -> Slice[Post]:
        return after(self._list(wanted), cursor, limit=limit, key=place)

    async def list_series(self, series: str, *, now: datetime, kind: PostKind = PostKind.POST) -> Sequence[Post]:
        is_part = PostFilter(now=now, kind=kind, series=series)
        return [short(post) for post in sorted(self._list(is_part), key=series_order) if series]

    async def list_addresses(self, *, now: datetime, limit: int) -> Sequence[PostAddress]:
        return [
            PostAddress(**{name: getattr(post, name) for name in PostAddress.__dataclass_fields__})
            for post in self._list(PostFilter(now=now, kind=None))[:limit]
        ]

    async def list_outlines(self) -> Sequence[PostOutline]:
        return [
            PostOutline(
                id=post.id,
                kind=post.kind,
                slug=post.slug,
                lang=post.lang,
                group_id=group_of(post),
                created_at=post.created_at,
            )
            for post in self.kept.values()
            if post.trashed_at is None
        ]

    async def list_many(self, post_ids: Sequence[PostId]) -> Sequence[Post]:
        return [post for post in self.kept.values() if post.id in post_ids and post.trashed_at is None]

    async def look_around(self, post: Post, *, now: datetime, preferred: str) -> Neighbourhood:
        return around(post, self.kept.values(), now=now, preferred=preferred)

    async def search(self, wanted: PostFilter, *, text: str, number: int, size: int) -> FoundPosts:
        return search(self._list(wanted), self.kept.values(), wanted.now, text=text, number=number, size=size)

    async def list_shelves(self, *, now: datetime, time_zone: str) -> Shelves:
        return shelves_of(self._list(PostFilter(now=now)), time_zone)

    async def list_desk_shelves(self) -> Shelves:
        return shelves_of(self._sorted(lambda post: post.trashed_at is None), None)

    async def retag(self, old: Sequence[str], new: str | None, *, at: datetime) -> int:
        left = {tag for tag in old if tag != new}
        changed = [post for post in self.kept.values() if left & set(post.tags)]
        for post in changed:
            tags = dict.fromkeys(new if tag in left else tag for tag in post.tags)
            kept = tuple(tag for tag in tags if tag is not None)
            self.kept[post.id] = replace(post, tags=kept, version=post.version + 1, updated_at=at)
        return len(changed)

    async def rename_series(self, slug: str, *, name: str, new_slug: str) -> int:
        after_ = (name, new_slug if name else "")
        changed = [
            post
            for post in self.kept.values()
            if slug and post.series_slug == slug and (post.series, post.series_slug) != after_
        ]
        for post in changed:
            part = post.series_part if name else None
            moved = replace(post, series=after_[0], series_slug=after_[1], series_part=part)
            self.kept[post.id] = replace(moved, version=post.version + 1)
        return len(changed)

    async def list_mentioning(
        self, mentions: Sequence[str], *, limit: int, after: PostId | None = None
    ) -> Sequence[Post]:
        found = self._sorted(lambda post: bool(set(mentions) & set(post.mentions)) and post.trashed_at is None)
        return sorted((post for post in found if post.id > (after or "")), key=lambda post: post.id)[:limit]

    async def list_outdated(self, version: int, *, limit: int) -> Sequence[Post]:
        found = self._sorted(lambda post: post.renderer_version < version)
        return sorted(found, key=lambda post: post.id)[:limit]

    async def list_unannounced(self, *, now: datetime, limit: int) -> Sequence[Post]:
        return self._sorted(lambda post: post.is_readable(now) and post.announced_at is None)[::-1][:limit]

    async def mark_announced(self, post_ids: Sequence[PostId], *, at: datetime) -> None:
        for post_id in post_ids:
            post = self.kept[post_id]
            self.kept[post_id] = replace(post, announced_at=post.announced_at or at)

    async def next_publication(self, *, now: datetime) -> datetime | None:
        scheduled = PostFilter(now=now, kind=None, status=PostStatus.SCHEDULED)
        return min((place(post)[0] for post in self._list(scheduled)), default=None)

    async def count(self, wanted: PostFilter) -> PostCounts:
        mine = [post for post in self.kept.values() if is_whose(post, wanted) and wanted.kind in (None, post.kind)]
        found = [post.status(wanted.now) for post in mine if post.trashed_at is None]
        return PostCounts(
            published=found.count(PostStatus.PUBLISHED),
            scheduled=found.count(PostStatus.SCHEDULED),
            drafts=found.count(PostStatus.DRAFT),
            hidden=found.count(PostStatus.WITHDRAWN),
            trashed=len(mine) - len(found),
        )

    async def count_months(self, wanted: PostFilter, *, time_zone: str) -> Mapping[date, int]:
        moments = [
            post.published_at.astimezone(ZoneInfo(time_zone)) for post in self._list(wanted) if post.published_at
        ]
        return Counter(moment.date().replace(day=1) for moment in moments)

    async def add(self, post: Post) -> None:
        if await self.list_origins([post.origin]):
            raise OriginTaken
        self._refuse_taken(post)
        self.kept[post.id] = post

    async def save(self, post: Post) -> Post:
        standing = await self.get(post.id)
        if standing.version != post.version:
            raise StaleVersion(current=standing.version)
        self._refuse_taken(post)
        self.kept[post.id] = replace(post, version=post.version + 1)
        return self.kept[post.id]

    async def save_rendered(self, post: Post) -> bool:
        standing = self.kept.get(post.id)
        if standing is None or standing.version != post.version:
            return False
        names = ("html", "renderer_version", "words", "plain", "mentions", "findings")
        self.kept[post.id] = replace(standing, **{name: getattr(post, name) for name in names})
        return True

    async def delete_trashed(self, *, before: datetime) -> Sequence[PostId]:
        gone = sorted(post.id for post in self.kept.values() if post.trashed_at and post.trashed_at < before)
        self.kept = {key: post for key, post in self.kept.items() if key not in gone}
        return gone

    def _refuse_taken(self, post: Post) -> None:
        for other in self.kept.values():
            if (other.kind, other.slug) == (post.kind, post.slug) and other.id != post.id:
                raise SlugTaken(post.slug)

    def _list(self, wanted: PostFilter) -> list[Post]:
        return self._sorted(lambda post: is_wanted(post, wanted, self.kept.values()))

    def _sorted(self, is_one: Callable[[Post], bool]) -> list[Post]:
        return sorted(filter(is_one, self.kept.values()), key=place, reverse=True)
