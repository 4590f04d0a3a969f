from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Select,
    Text,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.entities import PostKind
from core.competency_matrix.cards import Beside, CellCount, EvidenceLink, FoundQuestions, QuestionCard, WorkCounts
from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.errors import QuestionNotFound, QuestionSlugTaken
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import SheetId
from core.competency_matrix.storage import QuestionFilter
from core.errors import StaleVersion
from core.pagination import NumberedPage, Slice
from db import cursors
from db.base import columns
from db.blog import PostRow
from db.blog.filters import readable as readable_post
from db.competency_matrix.beside import beside
from db.competency_matrix.cards import card_of, cards
from db.competency_matrix.counts import cell_counts, place_counts, work_counts
from db.competency_matrix.doubles import doubles
from db.competency_matrix.filters import conditions, in_cell, readable
from db.competency_matrix.orders import put_in_order
from db.competency_matrix.places import ORDER, last_in, move_all, position_after, save_all, settle
from db.competency_matrix.rows import QuestionRow, question_of, question_values, rendered_values
from db.competency_matrix.search import found_questions

FURTHEST = 2**31
_UNREAD = ("folded", "fingerprint", "lacks", "heading", "search")
_NEWNESS = func.greatest(QuestionRow.published_at, QuestionRow.updated_at)
_MOMENT = func.coalesce(QuestionRow.published_at, QuestionRow.updated_at)


class SqlQuestionStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, question_id: str) -> Question:
        return await self._get(QuestionRow.id == question_id)

    async def get_by_slug(self, slug: str, *, now: datetime) -> Question:
        return await self._get(QuestionRow.slug == slug, readable(now))

    async def find_by_slug(self, slug: str) -> Question | None:
        return await self._first(_whole().where(QuestionRow.slug == slug))

    async def find_former(self, slug: str, *, now: datetime) -> Question | None:
        left = _whole().where(QuestionRow.former_slugs.contains([slug]), readable(now))
        return await self._first(left.order_by(QuestionRow.updated_at.desc(), QuestionRow.id.desc()).limit(1))

    async def list_held(self, slugs: Sequence[str]) -> frozenset[str]:
        return frozenset(await self._session.scalars(select(QuestionRow.slug).where(QuestionRow.slug.in_(slugs))))

    async def list_cards(self, wanted: QuestionFilter, *, lang: str) -> Sequence[QuestionCard]:
        query = cards(wanted.now, lang).where(*conditions(wanted))
        return await self._cards(
            query.order_by(QuestionRow.subsection_id, QuestionRow.grade.nulls_first(), *ORDER), wanted.now
        )

    async def list_numbered(
        self, wanted: QuestionFilter, *, lang: str, number: int, size: int
    ) -> NumberedPage[QuestionCard]:
        chosen = conditions(wanted)
        order = (QuestionRow.updated_at.desc(), QuestionRow.id.desc())
        found = select(QuestionRow.id).where(*chosen).order_by(*order).limit(size)
        found_page = found.offset(min((number - 1) * size, FURTHEST)).subquery("found")
        shown = cards(wanted.now, lang).join(found_page, found_page.c.id == QuestionRow.id).subquery("page")
        count = select(func.count().label("total")).select_from(QuestionRow).where(*chosen).subquery("whole")
        query = select(count.c.total, *shown.c).select_from(count.outerjoin(shown, true()))
        query = query.order_by(shown.c.updated_at.desc(), shown.c.id.desc())
        rows = (await self._session.execute(query)).mappings().all()
        items = [card_of(row, wanted.now) for row in rows if row["id"] is not None]
        return NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])

    async def list_slice(self, wanted: QuestionFilter, *, limit: int, cursor: str | None) -> Slice[Question]:
        query = _whole(_MOMENT.label("moment")).where(*conditions(wanted))
        if cursor is not None:
            query = query.where(tuple_(_MOMENT, QuestionRow.id) < tuple_(*map(literal, cursors.read(cursor))))
        query = query.order_by(_MOMENT.desc(), QuestionRow.id.desc()).limit(limit + 1)
        rows = (await self._session.execute(query)).mappings().all()
        shown = rows[:limit]
        has_more = len(rows) > limit
        following = cursors.written(shown[-1]["moment"], shown[-1]["id"]) if has_more else None
        return Slice(items=[question_of(row) for row in shown], next_cursor=following)

    async def list_many(self, question_ids: Sequence[str]) -> Sequence[Question]:
        return await self._list(_whole().where(QuestionRow.id.in_(question_ids)))

    async def list_newest(self, *, now: datetime, sheet_id: SheetId | None, limit: int) -> Sequence[Question]:
        wanted = QuestionFilter(now=now, sheet_id=sheet_id)
        query = _whole().where(*conditions(wanted)).order_by(_NEWNESS.desc(), QuestionRow.id.desc())
        return await self._list(query.limit(limit))

    async def list_evidence(self, names: Sequence[str], *, now: datetime) -> Sequence[EvidenceLink]:
        is_named = or_(PostRow.id.in_(names), PostRow.slug.in_(names))
        is_there = (PostRow.kind == PostKind.POST.value, PostRow.trashed_at.is_(None), is_named)
        whose = PostRow.author_id.label("owner_id")
        shown = (PostRow.id.label("post_id"), PostRow.slug, PostRow.title, readable_post(now).label("is_public"), whose)
        rows = (await self._session.execute(select(*shown).where(*is_there))).mappings()
        return [EvidenceLink(**row) for row in rows]

    async def search(
        self, wanted: QuestionFilter, *, lang: str, number: int, size: int, is_brief: bool = False
    ) -> FoundQuestions:
        return await found_questions(self._session, wanted, lang=lang, number=number, size=size, is_brief=is_brief)

    async def look_beside(self, question: Question, *, now: datetime, lang: str) -> Beside:
        return await beside(self._session, question, now=now, lang=lang)

    async def list_doubles(
        self, question: str, *, now: datetime, own: QuestionId | None, limit: int
    ) -> Sequence[QuestionCard]:
        return await doubles(self._session, question, now=now, own=own, limit=limit)

    async def find_by_fingerprint(self, fingerprint: str) -> Question | None:
        same = _whole().where(QuestionRow.fingerprint == fingerprint, QuestionRow.trashed_at.is_(None))
        return await self._first(same.order_by(QuestionRow.created_at, QuestionRow.id).limit(1))

    async def count_cells(self, *, now: datetime) -> Sequence[CellCount]:
        return await cell_counts(self._session, now=now)

    async def count_in(self, place_ids: Sequence[str]) -> int:
        return await self._count(QuestionRow.subsection_id.in_(place_ids))

    async def count_places(self) -> Mapping[str, int]:
        return await place_counts(self._session)

    async def count_with_grade(self, grade: GradeKey) -> int:
        return await self._count(QuestionRow.grade == grade)

    async def count_work(self, wanted: QuestionFilter) -> WorkCounts:
        return await work_counts(self._session, wanted)

    async def add(self, question: Question) -> Question:
        position = last_in(question.subsection_id, question.grade)
        adding = insert(QuestionRow).values(question_values(question) | {"position": position})
        placed = await self._session.scalar(adding.on_conflict_do_nothing().returning(QuestionRow.position))
        if placed is None:
            raise QuestionSlugTaken(question.slug)
        return replace(question, position=placed)

    async def save(self, question: Question) -> Question:
        values = question_values(question, without=("id", "version")) | {
            "version": question.version + 1,
            "position": position_after(question.subsection_id, question.grade),
        }
        position = await self._session.scalar(_unchanged(question).values(values).returning(QuestionRow.position))
        if position is None:
            raise StaleVersion(current=(await self.get(question.id)).version)
        return replace(question, position=position, version=question.version + 1)

    async def save_many(self, questions: Sequence[Question]) -> Sequence[Question]:
        return await save_all(self._session, questions)

    async def save_rendered(self, question: Question) -> bool:
        change = _unchanged(question).values(rendered_values(question))
        return await self._session.scalar(change.returning(QuestionRow.id)) is not None

    async def move_all(self, place_ids: Sequence[str], *, sheet_id: SheetId, subsection_id: str) -> int:
        return await move_all(self._session, place_ids, sheet_id=sheet_id, subsection_id=subsection_id)

    async def settle(self, subsection_ids: Sequence[str], *, sheet_id: SheetId) -> None:
        await settle(self._session, subsection_ids, sheet_id=sheet_id)

    async def order(
        self, subsection_id: str, grade: GradeKey | None, question_ids: Sequence[str], *, expected: Sequence[str]
    ) -> None:
        within = (in_cell(subsection_id, grade), QuestionRow.trashed_at.is_(None))
        await put_in_order(self._session, QuestionRow, question_ids, expected=expected, within=within, order=ORDER)

    async def list_outdated(self, version: int, *, limit: int) -> Sequence[Question]:
        query = _whole().where(QuestionRow.renderer_version < version)
        return await self._list(query.order_by(QuestionRow.id).limit(limit))

    async def list_mentioning(
        self, mentions: Sequence[str], *, limit: int, after: QuestionId | None = None
    ) -> Sequence[Question]:
        wanted = cast(literal(list(mentions)), ARRAY(Text()))
        query = _whole().where(QuestionRow.mentions.overlap(wanted), QuestionRow.trashed_at.is_(None))
        if after is not None:
            query = query.where(QuestionRow.id > after)
        return await self._list(query.order_by(QuestionRow.id).limit(limit))

    async def delete_trashed(self, *, before: datetime) -> Sequence[QuestionId]:
        gone = delete(QuestionRow).where(QuestionRow.trashed_at < before).returning(QuestionRow.id)
        return sorted(QuestionId(question_id) for question_id in await self._session.scalars(gone))

    async def _get(self, *chosen: ColumnExpressionArgument[bool]) -> Question:
        found = await self._first(_whole().where(*chosen))
        if found is None:
            raise QuestionNotFound
        return found

    async def _first(self, query: Select[Any]) -> Question | None:
        row = (await self._session.execute(query)).mappings().one_or_none()
        return question_of(row) if row else None

    async def _list(self, query: Select[Any]) -> Sequence[Question]:
        return [question_of(row) for row in (await self._session.execute(query)).mappings()]

    async def _cards(self, query: Select[Any], now: datetime) -> Sequence[QuestionCard]:
        return [card_of(row, now) for row in (await self._session.execute(query)).mappings()]

    async def _count(self, chosen: ColumnElement[bool]) -> int:
        return await self._session.scalar(select(func.count()).select_from(QuestionRow).where(chosen)) or 0


def _whole(*more: ColumnExpressionArgument[Any]) -> Select[Any]:
    return select(*columns(QuestionRow, without=_UNREAD), *more)


def _unchanged(question: Question) -> Any:
    return update(QuestionRow).where(QuestionRow.id == question.id, QuestionRow.version == question.version)
