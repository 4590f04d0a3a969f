from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnExpressionArgument,
    Date,
    Select,
    and_,
    cast,
    delete,
    desc,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.access import Scope
from core.blog.entities import Post, PostId, PostKind, PostStatus
from core.blog.errors import OriginTaken, PostNotFound, SlugTaken
from core.blog.origins import id_within
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
from db import cursors
from db.base import columns
from db.blog.around import neighbourhood
from db.blog.filters import begins_with, conditions, linkable, moment, of_status, readable, whose
from db.blog.rows import INDEXED, LINK, WHOLE_TEXTS, PostRow, link_of, post_of, post_values, rendered_values
from db.blog.search import found_posts
from db.blog.shelves import desk_shelves, readers_shelves, renamed_series, retagged

FURTHEST = 2**31

Sorted = ColumnExpressionArgument[Any]


class SqlPostStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, post_id: PostId, *, kind: PostKind | None = None) -> Post:
        post = await self._one(PostRow.id == post_id, *([] if kind is None else [PostRow.kind == kind.value]))
        if post is None:
            raise PostNotFound
        return post

    async def find_readable(self, slug: str, *, now: datetime, kind: PostKind = PostKind.POST) -> Post | None:
        return await self._one(PostRow.slug == slug, readable(now, kind=kind))

    async def find_by_slug(self, slug: str, *, kind: PostKind = PostKind.POST) -> Post | None:
        return await self._one(PostRow.kind == kind.value, PostRow.slug == slug)

    async def list_group(self, group_id: PostId) -> Sequence[Post]:
        query = _short().where(PostRow.group_id == group_id, PostRow.trashed_at.is_(None))
        return await self._list(query.order_by(PostRow.lang, PostRow.id))

    async def list_held(self, slugs: Sequence[str], *, kind: PostKind = PostKind.POST) -> frozenset[str]:
        query = select(PostRow.slug).where(PostRow.kind == kind.value, PostRow.slug.in_(slugs))
        return frozenset(await self._session.scalars(query))

    async def list_linkable(
        self, text: str, *, now: datetime, scope: Scope, viewer: UserId | None, limit: int
    ) -> Sequence[Post]:
        reach = PostFilter(now=now, kind=None, status=None, scope=scope, viewer=viewer)
        query = _short().where(*linkable(text, reach))
        order = (begins_with(text).desc(), moment(reach).desc(), PostRow.id.desc())
        return await self._list(query.order_by(*order).limit(limit))

    async def list_origins(self, origins: Sequence[str]) -> Mapping[str, PostLink]:
        wanted = [origin for origin in origins if origin and "\x00" not in origin]
        own = {post_id: origin for origin in wanted if (post_id := id_within(origin))}
        is_wanted = or_(and_(PostRow.origin.in_(wanted), PostRow.origin != ""), PostRow.id.in_(own))
        query = select(PostRow.origin, *(getattr(PostRow, name) for name in LINK)).where(is_wanted)
        links = [(row["origin"], link_of(row)) for row in (await self._session.execute(query)).mappings()]
        named = {own[link.id]: link for _, link in links if link.id in own}
        return named | {origin: link for origin, link in links if origin in wanted}

    async def list_numbered(
        self, wanted: PostFilter, *, number: int, size: int, pinned_first: bool = False
    ) -> NumberedPage[Post]:
        at = moment(wanted).label("moment")
        chosen = conditions(wanted)
        # Found by an index alone too, and only then fetched: those of the pages before are not read.
        order = _order(PostRow.is_pinned, at, PostRow.id, pinned_first=pinned_first)
        found = select(PostRow.id, at).where(*chosen).order_by(*order)
        found_page = found.limit(size).offset(min((number - 1) * size, FURTHEST)).subquery("found")
        shown = _short(found_page.c.moment).join(found_page, found_page.c.id == PostRow.id).subquery("page").c
        # All are counted by an index alone, beside the page: a window over the whole list would read all of it.
        count = select(func.count().label("total")).select_from(PostRow).where(*chosen).subquery("whole")
        query = select(count.c.total, *shown).select_from(count.outerjoin(shown.id.table, true()))
        query = query.order_by(*_order(shown.is_pinned, shown.moment, shown.id, pinned_first=pinned_first))
        rows = (await self._session.execute(query)).mappings().all()
        items = [post_of(row) for row in rows if row["id"] is not None]
        return NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])

    async def list_slice(self, wanted: PostFilter, *, limit: int, cursor: str | None) -> Slice[Post]:
        at = moment(wanted)
        query = _whole(at.label("moment")).where(*conditions(wanted))
        if cursor is not None:
            query = query.where(tuple_(at, PostRow.id) < tuple_(*map(literal, cursors.read(cursor))))
        query = query.order_by(at.desc(), PostRow.id.desc()).limit(limit + 1)
        rows = (await self._session.execute(query)).mappings().all()
        shown = rows[:limit]
        has_more = len(rows) > limit
        following = cursors.written(shown[-1]["moment"], shown[-1]["id"]) if has_more else None
        return Slice(items=[post_of(row) for row in shown], next_cursor=following)

    async def list_series(self, series: str, *, now: datetime, kind: PostKind = PostKind.POST) -> Sequence[Post]:
        query = _short().where(readable(now, kind=kind), PostRow.series_slug == series, PostRow.series_slug != "")
        return await self._list(query.order_by(PostRow.series_part.nulls_last(), PostRow.published_at, PostRow.id))

    async def list_addresses(self, *, now: datetime, limit: int) -> Sequence[PostAddress]:
        fields = [getattr(PostRow, name) for name in PostAddress.__dataclass_fields__]
        query = select(*fields).where(readable(now)).order_by(PostRow.published_at.desc(), PostRow.id.desc())
        rows = (await self._session.execute(query.limit(limit))).mappings()
        return [PostAddress(**{**row, "kind": PostKind(row["kind"])}) for row in rows]

    async def list_outlines(self) -> Sequence[PostOutline]:
        fields = [getattr(PostRow, name) for name in PostOutline.__dataclass_fields__]
        rows = (await self._session.execute(select(*fields).where(PostRow.trashed_at.is_(None)))).mappings()
        return [PostOutline(**{**row, "kind": PostKind(row["kind"])}) for row in rows]

    async def list_many(self, post_ids: Sequence[PostId]) -> Sequence[Post]:
        return await self._list(_whole().where(PostRow.id.in_(post_ids), PostRow.trashed_at.is_(None)))

    async def look_around(self, post: Post, *, now: datetime, preferred: str) -> Neighbourhood:
        return await neighbourhood(self._session, post, now=now, preferred=preferred)

    async def search(self, wanted: PostFilter, *, text: str, number: int, size: int) -> FoundPosts:
        return await found_posts(self._session, wanted, text=text, number=number, size=size)

    async def list_shelves(self, *, now: datetime, time_zone: str) -> Shelves:
        return await readers_shelves(self._session, now=now, time_zone=time_zone)

    async def list_desk_shelves(self) -> Shelves:
        return await desk_shelves(self._session)

    async def retag(self, old: Sequence[str], new: str | None, *, at: datetime) -> int:
        return await retagged(self._session, old, new, at=at)

    async def rename_series(self, slug: str, *, name: str, new_slug: str) -> int:
        return await renamed_series(self._session, slug, name=name, new_slug=new_slug)

    async def list_mentioning(
        self, mentions: Sequence[str], *, limit: int, after: PostId | None = None
    ) -> Sequence[Post]:
        if not mentions:
            return []
        query = _whole().where(PostRow.mentions.overlap(list(mentions)), PostRow.trashed_at.is_(None))
        if after is not None:
            query = query.where(PostRow.id > after)
        return await self._list(query.order_by(PostRow.id).limit(limit))

    async def list_outdated(self, version: int, *, limit: int) -> Sequence[Post]:
        query = _whole().where(PostRow.renderer_version < version)
        return await self._list(query.order_by(PostRow.id).limit(limit))

    async def list_unannounced(self, *, now: datetime, limit: int) -> Sequence[Post]:
        query = _whole().where(readable(now), PostRow.announced_at.is_(None))
        query = query.order_by(PostRow.published_at, PostRow.id).limit(limit)
        return await self._list(query.with_for_update(skip_locked=True))

    async def mark_announced(self, post_ids: Sequence[PostId], *, at: datetime) -> None:
        change = update(PostRow).where(PostRow.id.in_(post_ids), PostRow.announced_at.is_(None))
        await self._session.execute(change.values(announced_at=at))

    async def next_publication(self, *, now: datetime) -> datetime | None:
        is_due_later = (PostRow.is_public, PostRow.trashed_at.is_(None), PostRow.published_at > now)
        return await self._session.scalar(select(func.min(PostRow.published_at)).where(*is_due_later))

    async def count(self, wanted: PostFilter) -> PostCounts:
        is_live = PostRow.trashed_at.is_(None)
        names = {
            "published": PostStatus.PUBLISHED,
            "scheduled": PostStatus.SCHEDULED,
            "drafts": PostStatus.DRAFT,
            "hidden": PostStatus.WITHDRAWN,
        }
        counts = [
            func.count().filter(is_live, *of_status(status, wanted.now)).label(name) for name, status in names.items()
        ]
        trashed = func.count(PostRow.trashed_at).label("trashed")
        query = select(*counts, trashed).select_from(PostRow).where(*whose(wanted))
        return PostCounts(**(await self._session.execute(query)).mappings().one())

    async def count_months(self, wanted: PostFilter, *, time_zone: str) -> Mapping[date, int]:
        month = cast(func.date_trunc("month", func.timezone(time_zone, PostRow.published_at)), Date()).label("month")
        query = select(month, func.count().label("posts")).where(*conditions(wanted), PostRow.published_at.is_not(None))
        rows = await self._session.execute(query.group_by(literal_column("1")))
        return {row.month: row.posts for row in rows}

    async def add(self, post: Post) -> None:
        # Waits for whoever is just adding the same, and leaves the transaction usable when that one wins.
        adding = insert(PostRow).values(post_values(post)).on_conflict_do_nothing()
        if await self._session.scalar(adding.returning(PostRow.id)) is None:
            raise OriginTaken if await self.list_origins([post.origin]) else SlugTaken(post.slug)

    async def save(self, post: Post) -> Post:
        change = update(PostRow).where(PostRow.id == post.id, PostRow.version == post.version)
        values = post_values(post, without=("id", "version")) | {"version": post.version + 1}
        saved = await self._session.scalar(change.values(values).returning(PostRow.id))
        if saved is None:
            raise StaleVersion(current=(await self.get(post.id)).version)
        return replace(post, version=post.version + 1)

    async def save_rendered(self, post: Post) -> bool:
        change = update(PostRow).where(PostRow.id == post.id, PostRow.version == post.version)
        return await self._session.scalar(change.values(rendered_values(post)).returning(PostRow.id)) is not None

    async def delete_trashed(self, *, before: datetime) -> Sequence[PostId]:
        gone = await self._session.scalars(delete(PostRow).where(PostRow.trashed_at < before).returning(PostRow.id))
        return sorted(PostId(post_id) for post_id in gone)

    async def _one(self, *chosen: ColumnExpressionArgument[bool]) -> Post | None:
        row = (await self._session.execute(_whole().where(*chosen))).mappings().one_or_none()
        return post_of(row) if row else None

    async def _list(self, query: Select[Any]) -> Sequence[Post]:
        return [post_of(row) for row in (await self._session.execute(query)).mappings()]


def _whole(*more: ColumnExpressionArgument[Any]) -> Select[Any]:
    return select(*columns(PostRow, without=INDEXED), *more)


def _short(*more: ColumnExpressionArgument[Any]) -> Select[Any]:
    return select(*columns(PostRow, without=(*INDEXED, *WHOLE_TEXTS)), *more)


def _order(is_pinned: Sorted, at: Sorted, key: Sorted, *, pinned_first: bool) -> list[Any]:
    newest_first = [desc(at), desc(key)]
    return [desc(is_pinned), *newest_first] if pinned_first else newest_first
