from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.suggestions import Suggestion, SuggestionStorage

ALIKE_MAX = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSuggestion:
    """*alike* are questions of the matrix, public or not, that say nearly the same."""

    suggestion: Suggestion
    alike: Sequence[QuestionCard]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSuggestion:
    """Whoever decides about suggestions sees one, and what resembles it. Refused with SuggestionNotFound."""

    access: Access
    questions: QuestionStorage
    suggestions: SuggestionStorage
    clock: Clock

    async def __call__(self, suggestion_id: str) -> ShownSuggestion:
        self.access.require(Action.DECIDE_SUGGESTION)
        suggestion = await self.suggestions.get(suggestion_id)
        alike = await self.questions.list_doubles(
            suggestion.question, now=self.clock.now(), own=None, limit=ALIKE_MAX + 1
        )
        others = [card for card in alike if card.id != suggestion.question_id]
        return ShownSuggestion(suggestion=suggestion, alike=others[:ALIKE_MAX])
