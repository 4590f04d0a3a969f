"""What stands beside a post."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, literal, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.entities import Post, PostKind
from core.blog.storage import Neighbourhood, PostLink
from db.blog.filters import first_choice, readable
from db.blog.rows import LINK, PostRow, link_of

RELATED = 3
COMPARED = 200
"""Related posts are looked for among the newest that share a tag: one of thousands costs no more than one of a few."""
PARTS = 1_000


async def neighbourhood(session: AsyncSession, post: Post, *, now: datetime, preferred: str) -> Neighbourhood:
    """One statement, whose parts know each other by name."""
    parts = [_translations(post, now)]
    if post.kind is PostKind.POST:
        parts += _beside(post, now, preferred)
    each = [select(part.subquery()) for part in parts]
    rows = (await session.execute(union_all(*each))).mappings().all()

    def named(what: str) -> Sequence[PostLink]:
        found = sorted((row for row in rows if row["what"] == what), key=lambda row: row["place"])
        return [link_of(row) for row in found]

    older, newer = named("older"), named("newer")
    return Neighbourhood(
        older=older[0] if older else None,
        newer=newer[0] if newer else None,
        related=named("related"),
        parts=named("parts"),
        translations=named("translations"),
    )


def _beside(post: Post, now: datetime, preferred: str) -> list[Select[Any]]:
    is_other = PostRow.group_id != (post.group_id or post.id)
    is_shown = (readable(now, kind=PostKind.POST), first_choice(preferred, now=now), is_other)
    found = []
    if post.published_at is not None:
        here = tuple_(literal(post.published_at), literal(post.id))
        at = tuple_(PostRow.published_at, PostRow.id)
        newest_first = (PostRow.published_at.desc(), PostRow.id.desc())
        oldest_first = (PostRow.published_at, PostRow.id)
        found.append(_links("older").where(*is_shown, at < here).order_by(*newest_first).limit(1))
        found.append(_links("newer").where(*is_shown, at > here).order_by(*oldest_first).limit(1))
    if post.tags:
        found.append(_related(post, is_shown))
    if post.series_slug:
        found.append(_parts(post, now))
    return found


def _related(post: Post, is_shown: Sequence[ColumnElement[bool]]) -> Select[Any]:
    tags = list(post.tags)
    newest = select(*_link_columns(PostRow), PostRow.tags).where(*is_shown, PostRow.tags.overlap(tags))
    newest = newest.order_by(PostRow.published_at.desc(), PostRow.id.desc()).limit(COMPARED)
    near = newest.subquery("near").c
    each = func.unnest(near.tags).table_valued("tag").render_derived(name="each")
    is_shared = each.c.tag.in_(tags)
    shared = select(func.count()).select_from(each).where(is_shared).correlate(near.id.table).scalar_subquery()
    order = (shared.desc(), near.published_at.desc(), near.id.desc())
    place = func.row_number().over(order_by=order).label("place")
    links = select(literal("related").label("what"), place, *(near[name] for name in LINK))
    return links.order_by(*order).limit(RELATED)


def _parts(post: Post, now: datetime) -> Select[Any]:
    order = (PostRow.series_part.nulls_last(), PostRow.published_at, PostRow.id)
    is_part = (readable(now, kind=post.kind), PostRow.series_slug == post.series_slug)
    links = _links("parts", place=func.row_number().over(order_by=order))
    return links.where(*is_part, first_choice(post.lang, now=now)).order_by(*order).limit(PARTS)


def _translations(post: Post, now: datetime) -> Select[Any]:
    is_one = (readable(now, kind=post.kind), PostRow.group_id == (post.group_id or post.id), PostRow.id != post.id)
    links = _links("translations", place=func.row_number().over(order_by=(PostRow.lang, PostRow.id)))
    return links.where(*is_one)


def _links(what: str, *, place: ColumnElement[int] | None = None) -> Select[Any]:
    number = cast(literal(1), Integer()) if place is None else place
    return select(literal(what).label("what"), number.label("place"), *_link_columns(PostRow))


def _link_columns(row: type[PostRow]) -> list[ColumnElement[Any]]:
    return [getattr(row, name) for name in LINK]
