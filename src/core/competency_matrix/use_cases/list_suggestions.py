from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.errors import SuggestionNotFound
from core.competency_matrix.suggestions import Suggestion, SuggestionState, SuggestionStorage
from core.pagination import NumberedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSuggestions:
    """Whoever decides about suggestions sees those of a state, newest first; with None all that ever came. Refused with
    SuggestionNotFound beyond the last page."""

    access: Access
    suggestions: SuggestionStorage

    async def __call__(
        self, state: SuggestionState | None = SuggestionState.NEW, *, number: int = 1, size: int = 20
    ) -> NumberedPage[Suggestion]:
        self.access.require(Action.DECIDE_SUGGESTION)
        page = await self.suggestions.list_numbered(state, number=max(1, number), size=size)
        if page.is_out_of_range:
            raise SuggestionNotFound
        return page
