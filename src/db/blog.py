from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.access import Scope
from core.blog.entities import Post, PostId, PostStatus
from core.blog.errors import PostNotFound, SlugTaken
from core.blog.storage import PostCounts, PostFilter
from core.errors import StaleVersion
from core.pagination import NumberedPage, Slice
from db import cursors
from db.base import TenantRow, columns, values_of

_FURTHEST = 2**31
_WHOLE_TEXTS = ("body", "html")


class PostRow(TenantRow):
    __tablename__ = "posts"

    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    body: Mapped[str]
    html: Mapped[str]
    renderer_version: Mapped[int]
    words: Mapped[int]
    lang: Mapped[str]
    tags: Mapped[list[str]]
    cover: Mapped[str | None]
    cover_alt: Mapped[str]
    author_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    author_name: Mapped[str]
    is_public: Mapped[bool]
    published_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]

    __table_args__ = (
        UniqueConstraint("slug"),
        Index("ix_posts_public", "is_public", text("published_at DESC"), text("id DESC")),
        Index("ix_posts_author_id", "author_id"),
        Index("ix_posts_tags", "tags", postgresql_using="gin"),
    )


class SqlPostStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, post_id: PostId) -> Post:
        post = await self._one(PostRow.id == post_id)
        if post is None:
            raise PostNotFound
        return post

    async def find_readable(self, slug: str, *, now: datetime) -> Post | None:
        return await self._one(
            PostRow.slug == slug, PostRow.trashed_at.is_(None), PostRow.is_public, PostRow.published_at <= now
        )

    async def find_by_slug(self, slug: str) -> Post | None:
        return await self._one(PostRow.slug == slug)

    async def list_held(self, slugs: Sequence[str]) -> frozenset[str]:
        return frozenset(await self._session.scalars(select(PostRow.slug).where(PostRow.slug.in_(slugs))))

    async def list_numbered(self, wanted: PostFilter, *, number: int, size: int) -> NumberedPage[Post]:
        chosen = columns(PostRow, without=_WHOLE_TEXTS)
        query = select(*chosen, func.count().over().label("total")).where(*_conditions(wanted))
        query = _newest_first(query, wanted).limit(size).offset(min((number - 1) * size, _FURTHEST))
        rows = (await self._session.execute(query)).mappings().all()
        total = rows[0]["total"] if rows else await self._count(wanted) if number > 1 else 0
        return NumberedPage(items=[_post(row) for row in rows], number=number, size=size, total=total)

    async def list_slice(self, wanted: PostFilter, *, limit: int, cursor: str | None) -> Slice[Post]:
        moment = _moment(wanted)
        query = select(*columns(PostRow), moment.label("moment")).where(*_conditions(wanted))
        if cursor is not None:
            query = query.where(tuple_(moment, PostRow.id) < tuple_(*map(literal, cursors.read(cursor))))
        query = _newest_first(query, wanted).limit(limit + 1)
        rows = (await self._session.execute(query)).mappings().all()
        shown = rows[:limit]
        has_more = len(rows) > limit
        following = cursors.written(shown[-1]["moment"], shown[-1]["id"]) if has_more else None
        return Slice(items=[_post(row) for row in shown], next_cursor=following)

    async def count(self, wanted: PostFilter) -> PostCounts:
        is_live = PostRow.trashed_at.is_(None)
        names = {
            "published": PostStatus.PUBLISHED,
            "scheduled": PostStatus.SCHEDULED,
            "drafts": PostStatus.DRAFT,
            "hidden": PostStatus.WITHDRAWN,
        }
        counts = [
            func.count().filter(is_live, *_of_status(status, wanted.now)).label(name) for name, status in names.items()
        ]
        trashed = func.count(PostRow.trashed_at).label("trashed")
        query = select(*counts, trashed).select_from(PostRow).where(*_whose(wanted))
        return PostCounts(**(await self._session.execute(query)).mappings().one())

    async def add(self, post: Post) -> None:
        # Waits for whoever is just adding the same slug, and leaves the transaction usable when that one wins.
        adding = insert(PostRow).values(values_of(post)).on_conflict_do_nothing(index_elements=[PostRow.slug])
        if await self._session.scalar(adding.returning(PostRow.id)) is None:
            raise SlugTaken(post.slug)

    async def save(self, post: Post) -> Post:
        change = update(PostRow).where(PostRow.id == post.id, PostRow.version == post.version)
        values = values_of(post, without=("id", "version")) | {"version": post.version + 1}
        saved = await self._session.scalar(change.values(values).returning(PostRow.id))
        if saved is None:
            raise StaleVersion(current=(await self.get(post.id)).version)
        return replace(post, version=post.version + 1)

    async def _one(self, *conditions: ColumnExpressionArgument[bool]) -> Post | None:
        found = await self._session.execute(select(*columns(PostRow)).where(*conditions))
        row = found.mappings().one_or_none()
        return _post(row) if row else None

    async def _count(self, wanted: PostFilter) -> int:
        return await self._session.scalar(select(func.count()).select_from(PostRow).where(*_conditions(wanted))) or 0


def _conditions(wanted: PostFilter) -> list[ColumnExpressionArgument[bool]]:
    found: list[ColumnExpressionArgument[bool]] = [
        PostRow.trashed_at.is_not(None) if wanted.is_trashed else PostRow.trashed_at.is_(None)
    ]
    found += [*_of_status(wanted.status, wanted.now), *_whose(wanted)]
    if wanted.tag is not None:
        found.append(PostRow.tags.contains([wanted.tag]))
    if wanted.lang is not None:
        found.append(PostRow.lang == wanted.lang)
    if wanted.slug is not None:
        found.append(PostRow.slug == wanted.slug)
    if wanted.text:
        searched = (PostRow.title, PostRow.description, PostRow.body)
        found.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in searched)))
    return found


def _whose(wanted: PostFilter) -> list[ColumnExpressionArgument[bool]]:
    if wanted.scope is Scope.ALL:
        return []
    if wanted.scope is Scope.NONE or wanted.viewer is None:
        return [false()]
    return [PostRow.author_id == wanted.viewer]


def _of_status(status: PostStatus | None, now: datetime) -> list[ColumnExpressionArgument[bool]]:
    match status:
        case None:
            return []
        case PostStatus.DRAFT:
            return [PostRow.published_at.is_(None)]
        case PostStatus.WITHDRAWN:
            return [PostRow.published_at.is_not(None), not_(PostRow.is_public)]
        case PostStatus.SCHEDULED:
            return [PostRow.is_public, PostRow.published_at > now]
        case PostStatus.PUBLISHED:
            return [PostRow.is_public, PostRow.published_at <= now]


def _moment(wanted: PostFilter) -> ColumnElement[datetime | None]:
    """What lists are sorted by; of published posts plainly the column, which has an index."""
    if wanted.status is PostStatus.PUBLISHED:
        return PostRow.published_at.expression
    return func.coalesce(PostRow.published_at, PostRow.updated_at)


def _newest_first(query: Select[Any], wanted: PostFilter) -> Select[Any]:
    return query.order_by(_moment(wanted).desc(), PostRow.id.desc())


def _post(row: Mapping[Any, Any]) -> Post:
    found = {name: row[name] for name in Post.__dataclass_fields__ if name in row}
    return Post(**{**dict.fromkeys(_WHOLE_TEXTS, ""), **found, "tags": tuple(found["tags"])})
