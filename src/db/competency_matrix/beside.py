"""What stands beside a question."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, TIMESTAMP, BigInteger, Select, Text, cast, func, literal, null, or_, select, true, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.cards import AttachedResource, Beside, EvidenceLink, QuestionCard
from core.competency_matrix.entities import Question
from core.competency_matrix.grades import DEFAULT_GRADES
from core.competency_matrix.resources import Resource
from db.base import values_of
from db.blog import PostRow
from db.blog.filters import readable as readable_post
from db.competency_matrix.cards import card_of, cards
from db.competency_matrix.filters import elements, readable
from db.competency_matrix.rows import MatrixSettingsRow, QuestionRow, ResourceRow, SheetRow


async def beside(session: AsyncSession, question: Question, *, now: datetime, lang: str) -> Beside:
    rows = (await session.execute(_neighbours(question, now, lang))).mappings().all()
    cards_by_step: Mapping[int, QuestionCard] = {row["step"]: card_of(row, now) for row in rows}
    resources, evidence = await _attached(session, question, now)
    return Beside(
        resources=resources, evidence=evidence, previous=cards_by_step.get(-1), following=cards_by_step.get(1)
    )


def _neighbours(question: Question, now: datetime, lang: str) -> Select[Any]:
    """By its *step* from *question*, which has a place in the list also while nobody reads it."""
    subsections, grades = _subsections(question.sheet_id), _grades()
    order = (
        subsections.c.place.nulls_last(),
        grades.c.place.nulls_last(),
        QuestionRow.position,
        QuestionRow.created_at,
        QuestionRow.id,
    )
    listed = select(QuestionRow.id, func.row_number().over(order_by=order).label("number"))
    listed = listed.outerjoin(subsections, subsections.c.id == QuestionRow.subsection_id)
    listed = listed.outerjoin(grades, grades.c.key == QuestionRow.grade)
    is_listed = or_(readable(now), QuestionRow.id == question.id)
    numbered = _once(listed.where(QuestionRow.sheet_id == question.sheet_id, is_listed), "numbered")
    here = select(numbered.c.number).where(numbered.c.id == question.id).scalar_subquery()
    step = (numbered.c.number - here).label("step")
    return cards(now, lang, step).join(numbered, numbered.c.id == QuestionRow.id).where(step.in_((-1, 1)))


def _subsections(sheet_id: str) -> CTE:
    """Those of the sheet with their *place* in it."""
    section = elements(SheetRow.sections.expression, "section")
    each = elements(section.c.value["subsections"], "each")
    place = func.row_number().over(order_by=(section.c.place, each.c.place)).label("place")
    query = select(each.c.value["id"].astext.label("id"), place).select_from(SheetRow)
    return _once(query.join(section, true()).join(each, true()).where(SheetRow.id == sheet_id), "subsections")


def _grades() -> CTE:
    """Those of the site with their *place*."""
    chosen = select(MatrixSettingsRow.grades).scalar_subquery()
    default = cast(literal([values_of(grade) for grade in DEFAULT_GRADES], JSONB()), JSONB())
    each = elements(func.coalesce(chosen, default), "each_grade")
    return _once(select(each.c.value["key"].astext.label("key"), each.c.place), "grades")


async def _attached(
    session: AsyncSession, question: Question, now: datetime
) -> tuple[Sequence[AttachedResource], Sequence[EvidenceLink]]:
    """In the order in which they are attached; what is gone is left out."""
    if not question.resources and not question.evidence:
        return (), ()
    resources = select(
        *(ResourceRow.id, ResourceRow.name, ResourceRow.url, ResourceRow.trouble),
        ResourceRow.checked_at,
        cast(ResourceRow.version, BigInteger()).label("version"),
    ).where(ResourceRow.id.in_([one.resource_id for one in question.resources]))
    none = (cast(null(), Text()), cast(null(), TIMESTAMP(timezone=True)), cast(null(), BigInteger()))
    is_shown = (PostRow.id.in_(question.evidence), readable_post(now))
    posts = select(PostRow.id, PostRow.title, PostRow.slug, *none).where(*is_shown)
    rows = (await session.execute(union_all(resources, posts))).mappings().all()
    library = {row["id"]: Resource(**row) for row in rows if row["version"] is not None}
    links = {row["id"]: _link(row) for row in rows if row["version"] is None}
    kept = [one for one in question.resources if one.resource_id in library]
    attached = [AttachedResource(resource=library[one.resource_id], why=one.why) for one in kept]
    return attached, [links[post_id] for post_id in question.evidence if post_id in links]


def _link(row: Mapping[Any, Any]) -> EvidenceLink:
    return EvidenceLink(post_id=row["id"], slug=row["url"], title=row["name"], is_public=True)


def _once(query: Select[Any], name: str) -> CTE:
    return query.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")
