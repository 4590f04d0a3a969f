"""What a QuestionFilter says, as conditions."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    TableValuedAlias,
    and_,
    any_,
    case,
    column,
    false,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from core.access import Scope
from core.competency_matrix.storage import QuestionFilter
from core.publication import PublicationStatus
from db.blog import PostRow
from db.blog.filters import readable as readable_post
from db.competency_matrix.rows import QuestionRow, SheetRow
from db.search.wording import cleaned, tsquery, understood

Conditions = list[ColumnExpressionArgument[bool]]


def conditions(wanted: QuestionFilter, *, with_text: bool = True) -> Conditions:
    trashed = QuestionRow.trashed_at
    found: Conditions = [trashed.is_not(None) if wanted.is_trashed else trashed.is_(None)]
    found += [*of_status(wanted.status, wanted.now), *whose(wanted), *_details(wanted), *_lists(wanted)]
    if with_text and wanted.text and (typed := cleaned(wanted.text)):
        found.append(QuestionRow.search.bool_op("@@")(tsquery(understood(typed))))
    return found


def whose(wanted: QuestionFilter) -> Conditions:
    if wanted.scope is Scope.ALL:
        return []
    if wanted.scope is Scope.NONE or wanted.viewer is None:
        return [false()]
    return [QuestionRow.author_id == wanted.viewer]


def of_status(status: PublicationStatus | None, now: datetime) -> Conditions:
    match status:
        case None:
            return []
        case PublicationStatus.DRAFT:
            return [QuestionRow.published_at.is_(None)]
        case PublicationStatus.WITHDRAWN:
            return [QuestionRow.published_at.is_not(None), not_(QuestionRow.is_public)]
        case PublicationStatus.SCHEDULED:
            return [QuestionRow.is_public, QuestionRow.published_at > now]
        case PublicationStatus.PUBLISHED:
            return [QuestionRow.is_public, QuestionRow.published_at <= now]


def readable(now: datetime) -> ColumnElement[bool]:
    return and_(QuestionRow.trashed_at.is_(None), QuestionRow.is_public, QuestionRow.published_at <= now)


def in_cell(subsection_id: str, grade: str | None) -> ColumnElement[bool]:
    return and_(QuestionRow.subsection_id == subsection_id, QuestionRow.grade.is_not_distinct_from(grade))


def attached_to(resource_id: str) -> ColumnElement[bool]:
    """Questions that *resource_id* is attached to."""
    return QuestionRow.resources.contains([{"resource_id": resource_id}])


def proofs(now: datetime) -> ColumnElement[int]:
    """How many of its posts visitors can read. They are looked up for each question that has any: the planner knows
    nothing of lists within rows, and chooses badly where it could join them."""
    is_shown = and_(PostRow.id == any_(QuestionRow.evidence), readable_post(now))
    count = select(func.count()).select_from(PostRow).where(is_shown).correlate(QuestionRow).scalar_subquery()
    return case((QuestionRow.evidence == [], 0), else_=count)


def _details(wanted: QuestionFilter) -> Conditions:
    columns = ((QuestionRow.sheet_id, wanted.sheet_id), (QuestionRow.slug, wanted.slug))
    found: Conditions = [column == value for column, value in columns if value is not None]
    if wanted.section is not None:
        found.append(_within(wanted.section))
    if wanted.resource is not None:
        found.append(attached_to(wanted.resource))
    if wanted.lack is not None:
        found.append(QuestionRow.lacks.contains([wanted.lack]))
    if wanted.is_flagged:
        found.append(QuestionRow.is_flagged)
    return found


def _lists(wanted: QuestionFilter) -> Conditions:
    found: Conditions = []
    if wanted.grades:
        found.append(QuestionRow.grade.in_(sorted(wanted.grades)))
    if wanted.frequencies:
        found.append(QuestionRow.frequency.in_(sorted(frequency.value for frequency in wanted.frequencies)))
    if wanted.has_evidence:
        found.append(proofs(wanted.now) > 0)
    return found


def _within(section: str) -> ColumnElement[bool]:
    """In the subsection that is called so, or in one of the section."""
    one = elements(SheetRow.sections.expression, "one")
    other = elements(one.c.value["subsections"], "other")
    held = select(other.c.value["id"].astext).select_from(SheetRow).join(one, true()).join(other, true())
    is_held = QuestionRow.subsection_id.in_(held.where(one.c.value["id"].astext == section))
    return or_(QuestionRow.subsection_id == section, is_held)


def elements(array: ColumnElement[Any], name: str) -> TableValuedAlias:
    """Each *value* of a JSON array, and its *place*."""
    values = func.jsonb_array_elements(array).table_valued(column("value", JSONB()), with_ordinality="place", name=name)
    return values.render_derived()
