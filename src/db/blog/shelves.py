"""By what posts can be found beside their date, and how such a thing is renamed everywhere at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    any_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.entities import PostKind
from core.blog.storage import Shelf, Shelves
from db.blog.filters import readable
from db.blog.rows import PostRow

EARLIEST = 1900


async def readers_shelves(session: AsyncSession, *, now: datetime, time_zone: str) -> Shelves:
    is_wanted = readable(now, kind=PostKind.POST)
    return await _shelves(session, is_wanted, years=_years(is_wanted, time_zone))


async def desk_shelves(session: AsyncSession) -> Shelves:
    return await _shelves(session, PostRow.trashed_at.is_(None), years=None)


async def retagged(session: AsyncSession, old: Sequence[str], new: str | None, *, at: datetime) -> int:
    left = [tag for tag in old if tag != new]
    if not left:
        return 0
    each = func.unnest(PostRow.tags).table_valued("tag", with_ordinality="place").render_derived(name="each")
    put = case((each.c.tag == any_(literal(left, ARRAY(Text()))), cast(literal(new), Text())), else_=each.c.tag)
    tags = select(put.label("tag"), func.min(each.c.place).label("place")).select_from(each).where(put.is_not(None))
    named = tags.group_by(put).correlate(PostRow).subquery("named")
    in_order = func.array(select(named.c.tag).order_by(named.c.place).correlate(PostRow).scalar_subquery())
    change = update(PostRow).where(PostRow.tags.overlap(left))
    values = {"tags": in_order, "version": PostRow.version + 1, "updated_at": at}
    return await _changed(session, change.values(values))


async def renamed_series(session: AsyncSession, slug: str, *, name: str, new_slug: str) -> int:
    slug_after = new_slug if name else ""
    is_other = or_(PostRow.series != name, PostRow.series_slug != slug_after)
    change = update(PostRow).where(PostRow.series_slug == slug, PostRow.series_slug != "", is_other)
    part = PostRow.series_part if name else None
    values = {"series": name, "series_slug": slug_after, "series_part": part, "version": PostRow.version + 1}
    return await _changed(session, change.values(values))


async def _changed(session: AsyncSession, change: Any) -> int:
    return len((await session.scalars(change.returning(PostRow.id))).all())


async def _shelves(session: AsyncSession, is_wanted: ColumnElement[bool], *, years: Select[Any] | None) -> Shelves:
    """One look at all posts; readers are shown years and authors as well. What is alike in all of it is counted first:
    there is much less of that than of posts."""
    fields = (PostRow.tags, PostRow.series, PostRow.series_slug, PostRow.author_name, PostRow.author_slug)
    counted = (func.count().label("count"), func.max(PostRow.published_at).label("newest_at"))
    posts = select(*fields, *counted).where(is_wanted).group_by(*fields).cte("shown")
    posts = posts.prefix_with("MATERIALIZED", dialect="postgresql")
    tag = func.unnest(posts.c.tags).table_valued("tag").render_derived(name="each")
    parts = [
        _shelf("tags", posts, tag.c.tag, tag.c.tag).join(tag, true()),
        _shelf("series", posts, posts.c.series, posts.c.series_slug).where(posts.c.series_slug != ""),
    ]
    if years is not None:
        parts += [
            _shelf("authors", posts, posts.c.author_name, posts.c.author_slug).where(posts.c.author_slug != ""),
            years,
        ]
    rows = (await session.execute(union_all(*parts))).mappings().all()
    return Shelves(
        tags=_sorted(rows, "tags"),
        series=_sorted(rows, "series"),
        authors=_sorted(rows, "authors"),
        years=_sorted(rows, "years")[::-1],
    )


def _shelf(what: str, posts: CTE, name: ColumnElement[str], slug: ColumnElement[str]) -> Select[Any]:
    count = cast(func.sum(posts.c.count), BigInteger()).label("count")
    newest = func.max(posts.c.newest_at).label("newest_at")
    shown: list[ColumnElement[Any]] = [literal(what).label("what"), name.label("name"), slug.label("slug")]
    query: Select[Any] = select(*shown, count, newest)
    return query.select_from(posts).group_by(slug, name)


def _years(is_wanted: ColumnElement[bool], time_zone: str) -> Select[Any]:
    """The years of the site's calendar, from an index alone. Taking each moment apart would cost more than all the
    rest: it is put between the beginnings of the years from EARLIEST on; only what is older is taken apart."""
    number = func.generate_series(EARLIEST, func.date_part("year", func.now()).cast(Integer()) + 2).column_valued(
        "year"
    )
    begins = func.make_timestamptz(number, 1, 1, 0, 0, 0.0, time_zone)
    edges = func.array(select(begins).order_by(number).scalar_subquery())
    place = func.width_bucket(PostRow.published_at, edges)
    year = case(
        (place > 0, (place + (EARLIEST - 1)).cast(Text())),
        else_=func.to_char(func.timezone(time_zone, PostRow.published_at), "FMYYYY"),
    )
    counted = (func.count().label("count"), func.max(PostRow.published_at).label("newest_at"))
    years = select(year.label("year"), *counted).where(is_wanted).group_by(literal_column("1")).subquery("years")
    return select(literal("years").label("what"), years.c.year, years.c.year, years.c.count, years.c.newest_at)


def _sorted(rows: Sequence[Mapping[Any, Any]], what: str) -> Sequence[Shelf]:
    """By name; what has several names under one slug goes by that of the newest post."""
    found: dict[str, Shelf] = {}
    for row in sorted((row for row in rows if row["what"] == what), key=_age):
        before = found.get(row["slug"])
        count = row["count"] + (before.count if before else 0)
        newest_at = row["newest_at"] or (before.newest_at if before else None)
        found[row["slug"]] = Shelf(name=row["name"], slug=row["slug"], count=count, newest_at=newest_at)
    return sorted(found.values(), key=lambda shelf: (shelf.name.casefold(), shelf.slug))


def _age(row: Mapping[Any, Any]) -> tuple[bool, datetime | None, str]:
    return row["newest_at"] is not None, row["newest_at"], row["name"]
