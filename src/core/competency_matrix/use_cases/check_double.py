from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.clock import Clock
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.entities import QuestionId
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.texts import QUESTION_LENGTH, folded
from core.publication import PublicationStatus

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """*cards* say the same as what was typed, or nearly, nearest first; *is_exact*: the first but for case and
    space."""

    cards: Sequence[QuestionCard] = ()
    is_exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDouble:
    """Whoever may write learns which questions resemble the one that she is typing (*own*): public ones, and others if
    she may see all of them."""

    access: Access
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, question: str, *, own: str | None = None) -> Doubles:
        self.access.require(Action.DRAFT_QUESTION)
        if not question.strip():
            return Doubles()
        sees_all = self.access.scope(Action.READ_UNPUBLISHED_QUESTION) is Scope.ALL
        found = await self.questions.list_doubles(
            question[:QUESTION_LENGTH],
            now=self.clock.now(),
            own=QuestionId(own) if own is not None else None,
            limit=SHOWN,
        )
        cards = [card for card in found if sees_all or card.status is PublicationStatus.PUBLISHED]
        return Doubles(cards=cards, is_exact=any(folded(card.question) == folded(question) for card in cards))
