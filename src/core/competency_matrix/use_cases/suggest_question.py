from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.errors import DoubleSuggestion, SuggestionsClosed
from core.competency_matrix.limits import COMPARE_PER_CLIENT, SUGGEST_PER_CLIENT
from core.competency_matrix.sheets import sheet_called
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.suggestions import Proposed, Suggestion, SuggestionStorage, new_suggestion
from core.events import EventKind, Events
from core.limits import Client, RateLimiter
from core.publication import PublicationStatus
from core.transaction import Transaction

ALIKE_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """*suggestion* lies with the owner, or, when it is None, nothing was kept yet: *alike* are public questions that
    say nearly the same, and whoever proposed it should have a look at them first."""

    suggestion: Suggestion | None
    alike: Sequence[QuestionCard] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestQuestion:
    """Anybody proposes a question where the site takes suggestions; *is_sure* when she has seen what is alike. Refused
    with SuggestionsClosed, Invalid, DoubleSuggestion or TooMany."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    suggestions: SuggestionStorage
    limiter: RateLimiter
    events: Events
    clock: Clock
    transaction: Transaction

    async def __call__(self, proposed: Proposed, *, client: Client, is_sure: bool = False) -> Proposal:
        self.access.require(Action.SUGGEST_QUESTION)
        settings, now = await self.sheets.settings(), self.clock.now()
        if not settings.accepts_suggestions:
            raise SuggestionsClosed
        sheet = sheet_called(proposed.sheet, await self.sheets.list_sheets())
        made = new_suggestion(proposed, sheet=sheet, settings=settings, at=now)
        await self.limiter.hit(COMPARE_PER_CLIENT, client.key)
        await self._refuse_double(made)
        found = await self.questions.list_doubles(made.question, now=now, own=None, limit=ALIKE_MAX)
        alike = [card for card in found if card.status is PublicationStatus.PUBLISHED]
        if alike and not is_sure:
            return Proposal(suggestion=None, alike=alike)
        await self.limiter.hit(SUGGEST_PER_CLIENT, client.key)
        await self.suggestions.add(made)
        details = {"question": made.question, "sheet": sheet.name if sheet else None}
        await self.events.tell(EventKind.SUGGESTION_RECEIVED, subject=made.id, details=details)
        await self.transaction.commit()
        return Proposal(suggestion=made, alike=alike)

    async def _refuse_double(self, made: Suggestion) -> None:
        same = await self.questions.find_by_fingerprint(made.fingerprint)
        if same is not None:
            raise DoubleSuggestion(slug=same.slug if same.is_readable(self.clock.now()) else None)
        if await self.suggestions.find_open(made.fingerprint):
            raise DoubleSuggestion(slug=None)
