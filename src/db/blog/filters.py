"""What a PostFilter says, as conditions."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.access import Scope
from core.blog.entities import PostKind, PostStatus
from core.blog.storage import PostFilter
from db.blog.rows import PostRow
from db.search.wording import tsquery, understood

Conditions = list[ColumnExpressionArgument[bool]]


def conditions(wanted: PostFilter) -> Conditions:
    found: Conditions = [PostRow.trashed_at.is_not(None) if wanted.is_trashed else PostRow.trashed_at.is_(None)]
    found += [*of_status(wanted.status, wanted.now), *whose(wanted), *_details(wanted), *_moments(wanted)]
    if wanted.preferred is not None:
        found.append(_first_choices(wanted.preferred, now=wanted.now))
    if wanted.text:
        found.append(_has_text(wanted.text))
    return found


def whose(wanted: PostFilter) -> Conditions:
    found: Conditions = [] if wanted.kind is None else [PostRow.kind == wanted.kind.value]
    if wanted.scope is Scope.ALL:
        return found
    if wanted.scope is Scope.NONE or wanted.viewer is None:
        return [*found, false()]
    return [*found, PostRow.author_id == wanted.viewer]


def linkable(typed: str, wanted: PostFilter) -> Conditions:
    """What can be read, or is within reach of *wanted*, with *typed* somewhere in its title or address."""
    has_text = or_(*(_contains(column, typed) for column in (PostRow.title, PostRow.slug)))
    reach = and_(true(), *whose(wanted))
    return [PostRow.trashed_at.is_(None), has_text, or_(reach, readable(wanted.now))]


def begins_with(typed: str) -> ColumnElement[bool]:
    columns = (PostRow.title, PostRow.slug)
    return or_(*(column.istartswith(typed.replace("\x00", ""), autoescape=True) for column in columns))


def of_status(status: PostStatus | None, now: datetime) -> Conditions:
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


def readable(now: datetime, *, kind: PostKind | None = None, row: type[PostRow] = PostRow) -> ColumnElement[bool]:
    found = and_(row.trashed_at.is_(None), row.is_public, row.published_at <= now)
    return found if kind is None else and_(row.kind == kind.value, found)


def first_choice(lang: str, *, now: datetime) -> ColumnElement[bool]:
    """The texts of other languages go where visitors can read the same in *lang*; only they are looked up."""
    other = aliased(PostRow)
    is_better = exists().where(
        other.group_id == PostRow.group_id, other.lang == lang, other.kind == PostRow.kind, readable(now, row=other)
    )
    return or_(PostRow.lang == lang, not_(is_better))


def _first_choices(lang: str, *, now: datetime) -> ColumnElement[bool]:
    """The same for whole lists: what can be read in *lang* is gathered once, and only if there is another language."""
    other = aliased(PostRow)
    better = select(other.group_id, other.kind).where(other.lang == lang, readable(now, row=other))
    return or_(PostRow.lang == lang, tuple_(PostRow.group_id, PostRow.kind).not_in(better))


def moment(wanted: PostFilter) -> ColumnElement[datetime | None]:
    """What lists are sorted by; of published posts plainly the column, which has an index."""
    if wanted.status is PostStatus.PUBLISHED:
        return PostRow.published_at.expression
    return func.coalesce(PostRow.published_at, PostRow.updated_at)


def _details(wanted: PostFilter) -> Conditions:
    found: Conditions = []
    if wanted.tag is not None:
        found.append(PostRow.tags.contains([wanted.tag]))
    if wanted.mention is not None:
        found.append(PostRow.mentions.contains([wanted.mention]))
    columns = (
        (PostRow.series_slug, wanted.series),
        (PostRow.author_slug, wanted.author),
        (PostRow.lang, wanted.lang),
        (PostRow.slug, wanted.slug),
    )
    return [*found, *(column == value for column, value in columns if value is not None)]


def _moments(wanted: PostFilter) -> Conditions:
    found: Conditions = []
    if wanted.since is not None:
        found.append(PostRow.published_at >= wanted.since)
    if wanted.until is not None:
        found.append(PostRow.published_at < wanted.until)
    return found


def _has_text(typed: str) -> ColumnElement[bool]:
    """As the search finds it, or any part of a title. The first has its index only when it stands alone."""
    has_words = PostRow.id.in_(select(PostRow.id).where(PostRow.search.bool_op("@@")(tsquery(understood(typed)))))
    return or_(has_words, _contains(PostRow.title, typed))


def _contains(column: InstrumentedAttribute[str], typed: str) -> ColumnElement[bool]:
    return column.icontains(typed.replace("\x00", ""), autoescape=True)
