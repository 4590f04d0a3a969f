"""Words that the matrix has already are written again only by who says that she has seen them."""

from __future__ import annotations

from core.competency_matrix.entities import Question
from core.competency_matrix.texts import folded
from core.competency_matrix.use_cases.check_double import CheckDouble
from entrypoints.api.refusals import AlikeThere
from entrypoints.api.v1.matrix.question_models import QuestionWanted


async def refuse_double(check: CheckDouble, wanted: QuestionWanted, *, own: Question | None = None) -> None:
    """Raise AlikeThere with the questions of the same words but for case and space, unless *own* has them already."""
    if wanted.is_sure or (own is not None and folded(own.title) == folded(wanted.question)):
        return
    found = await check(wanted.question, own=own.id if own else None)
    same = [card for card in found.cards if folded(card.question) == folded(wanted.question)]
    if same:
        raise AlikeThere(same)
