"""Where questions stand, and how they come elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.sheets import SheetId
from core.errors import StaleVersion
from db.competency_matrix.filters import in_cell
from db.competency_matrix.rows import QuestionRow, question_values

ORDER = (QuestionRow.position, QuestionRow.created_at, QuestionRow.id)
"""Within a cell."""


def last_in(subsection_id: Any, grade: Any) -> ColumnElement[int]:
    """The position behind all that stand in that cell, trashed ones too."""
    other = aliased(QuestionRow)
    is_there = (other.subsection_id == subsection_id, other.grade.is_not_distinct_from(grade))
    return select(func.coalesce(func.max(other.position), 0) + 1).where(*is_there).scalar_subquery()


def position_after(subsection_id: Any, grade: Any) -> ColumnElement[int]:
    """The position that a question keeps within its cell, or gets at the end of another."""
    return case((in_cell(subsection_id, grade), QuestionRow.position), else_=last_in(subsection_id, grade))


async def save_all(session: AsyncSession, questions: Sequence[Question]) -> Sequence[Question]:
    """Nothing is written before all are known to be as they were read."""
    if not questions:
        return ()
    await _hold_unchanged(session, questions)
    values = [question_values(question, without=("id", "version")) for question in questions]
    bound = {name: bindparam(f"new_{name}", type_=QuestionRow.__table__.c[name].type) for name in values[0]}
    position = position_after(bound["subsection_id"], bound["grade"])
    change = update(QuestionRow).where(QuestionRow.id == bindparam("question_id"))
    change = change.values(bound | {"position": position, "version": QuestionRow.version + 1})
    changes = [
        {"question_id": question.id} | {f"new_{name}": value for name, value in told.items()}
        for question, told in zip(questions, values, strict=True)
    ]
    await (await session.connection()).execute(change, changes)
    placed = select(QuestionRow.id, QuestionRow.position).where(QuestionRow.id.in_([one.id for one in questions]))
    positions = {row.id: row.position for row in await session.execute(placed)}
    return [replace(one, position=positions[one.id], version=one.version + 1) for one in questions]


async def _hold_unchanged(session: AsyncSession, questions: Sequence[Question]) -> None:
    chosen = QuestionRow.id.in_([question.id for question in questions])
    held = select(QuestionRow.id, QuestionRow.version).where(chosen).order_by(QuestionRow.id).with_for_update()
    versions = {row.id: row.version for row in await session.execute(held)}
    for question in questions:
        if question.id not in versions:
            raise QuestionNotFound
        if versions[question.id] != question.version:
            raise StaleVersion(current=versions[question.id])


async def move_all(session: AsyncSession, place_ids: Sequence[str], *, sheet_id: SheetId, subsection_id: str) -> int:
    """At the end of each cell, in the order in which they stood in theirs."""
    order = (QuestionRow.subsection_id, *ORDER)
    nth = func.row_number().over(partition_by=QuestionRow.grade, order_by=order).label("nth")
    behind = select(QuestionRow.id, nth)
    moving = behind.where(QuestionRow.subsection_id.in_(place_ids)).subquery("moving")
    position = last_in(subsection_id, QuestionRow.grade) - 1 + moving.c.nth
    change = update(QuestionRow).where(QuestionRow.id == moving.c.id)
    values = {"sheet_id": sheet_id, "subsection_id": subsection_id, "position": position}
    change = change.values({**values, "version": QuestionRow.version + 1})
    moved = await session.scalars(change.returning(QuestionRow.id))
    return len(moved.all())


async def settle(session: AsyncSession, subsection_ids: Sequence[str], *, sheet_id: SheetId) -> None:
    change = update(QuestionRow).where(QuestionRow.subsection_id.in_(subsection_ids))
    await session.execute(change.values(sheet_id=sheet_id, version=QuestionRow.version + 1))
