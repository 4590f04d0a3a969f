from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.suggestions import Suggestion, SuggestionStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectSuggestion:
    """Whoever decides about suggestions puts one aside. Refused with SuggestionNotFound or SuggestionDecided."""

    access: Access
    suggestions: SuggestionStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, suggestion_id: str) -> Suggestion:
        self.access.require(Action.DECIDE_SUGGESTION)
        suggestion = await self.suggestions.get(suggestion_id)
        rejected = suggestion.reject(by_name=self.access.actor.name, at=self.clock.now())
        await self.suggestions.save(rejected)
        await self.transaction.commit()
        return rejected
