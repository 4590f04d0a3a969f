from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.cards import CellCount, WorkCounts
from core.competency_matrix.readiness import LACK_CODES
from core.competency_matrix.storage import QuestionFilter
from core.publication import PublicationStatus
from db.competency_matrix.filters import of_status, proofs, readable, whose
from db.competency_matrix.rows import QuestionRow


async def cell_counts(session: AsyncSession, *, now: datetime) -> Sequence[CellCount]:
    cell = (QuestionRow.sheet_id, QuestionRow.subsection_id, QuestionRow.grade)
    numbers = (func.count().label("questions"), func.count().filter(proofs(now) > 0).label("with_evidence"))
    query = select(*cell, *numbers).where(readable(now)).group_by(*cell)
    return [CellCount(**row) for row in (await session.execute(query)).mappings()]


async def place_counts(session: AsyncSession) -> Mapping[str, int]:
    query = select(QuestionRow.subsection_id, func.count().label("held")).group_by(QuestionRow.subsection_id)
    return {row["subsection_id"]: row["held"] for row in (await session.execute(query)).mappings()}


async def work_counts(session: AsyncSession, wanted: QuestionFilter) -> WorkCounts:
    is_there = QuestionRow.trashed_at.is_(None)
    statuses = [
        func.count().filter(is_there, *of_status(status, wanted.now)).label(status.value)
        for status in PublicationStatus
    ]
    lacks = [func.count().filter(is_there, QuestionRow.lacks.contains([code])).label(code) for code in LACK_CODES]
    flagged = func.count().filter(is_there, QuestionRow.is_flagged).label("flagged")
    trashed = func.count(QuestionRow.trashed_at).label("trashed")
    query = select(*statuses, *lacks, flagged, trashed).select_from(QuestionRow).where(*whose(wanted))
    if wanted.sheet_id is not None:
        query = query.where(QuestionRow.sheet_id == wanted.sheet_id)
    row = (await session.execute(query)).mappings().one()
    return WorkCounts(
        statuses={status: row[status.value] for status in PublicationStatus},
        lacks={code: row[code] for code in LACK_CODES},
        flagged=row["flagged"],
        trashed=row["trashed"],
    )
