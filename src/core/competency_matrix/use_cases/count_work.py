from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import WorkCounts
from core.competency_matrix.sheets import SheetId
from core.competency_matrix.storage import QuestionFilter, QuestionStorage
from core.competency_matrix.suggestions import SuggestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """*suggestions* wait for a decision; None for who may not make it."""

    counts: WorkCounts
    suggestions: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWork:
    """Members learn what there is to do in the matrix, or in one of its sheets, as far as their right to unpublished
    questions reaches."""

    access: Access
    questions: QuestionStorage
    suggestions: SuggestionStorage
    clock: Clock

    async def __call__(self, *, sheet_id: str | None = None) -> Work:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        wanted = QuestionFilter(
            now=self.clock.now(),
            status=None,
            scope=self.access.scope(Action.READ_UNPUBLISHED_QUESTION),
            viewer=self.access.actor.user_id,
            sheet_id=SheetId(sheet_id) if sheet_id is not None else None,
        )
        decides = self.access.can(Action.DECIDE_SUGGESTION)
        return Work(
            counts=await self.questions.count_work(wanted),
            suggestions=await self.suggestions.count_open() if decides else None,
        )
