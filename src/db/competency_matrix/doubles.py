"""Questions that say the same, or nearly."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.entities import QuestionId
from core.competency_matrix.storage import ALIKE
from core.competency_matrix.texts import fingerprint, folded
from db.competency_matrix.cards import card_of, cards
from db.competency_matrix.rows import QuestionRow


async def doubles(
    session: AsyncSession, question: str, *, now: datetime, own: QuestionId | None, limit: int
) -> Sequence[QuestionCard]:
    """Those of the same fingerprint first, then the nearest. The operator alone has an index, which lets more through
    than are wanted."""
    typed = folded(question.replace("\x00", ""))
    is_same = QuestionRow.fingerprint == fingerprint(question)
    likeness = func.similarity(QuestionRow.folded, typed)
    is_alike = and_(QuestionRow.folded.bool_op("%")(typed), likeness >= ALIKE)
    query = cards(now, None).where(or_(is_same, is_alike), QuestionRow.trashed_at.is_(None))
    if own is not None:
        query = query.where(QuestionRow.id != own)
    query = query.order_by(is_same.desc(), likeness.desc(), QuestionRow.id).limit(limit)
    return [card_of(row, now) for row in (await session.execute(query)).mappings()]
