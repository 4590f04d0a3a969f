from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.clock import Clock
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.storage import QuestionFilter, QuestionStorage
from core.publication import PublicationStatus

SHOWN = 8
TEXT_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteQuestionLink:
    """Whoever may write finds the question that she wants to link to by some of its words: what visitors can read, and
    who may see all that is not public, that too."""

    access: Access
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, text: str, *, lang: str) -> Sequence[QuestionCard]:
        self.access.require(Action.DRAFT_POST)
        sees_all = self.access.scope(Action.READ_UNPUBLISHED_QUESTION) is Scope.ALL
        wanted = QuestionFilter(
            now=self.clock.now(),
            status=None if sees_all else PublicationStatus.PUBLISHED,
            text=text.strip()[:TEXT_LENGTH] or None,
        )
        if wanted.text is None:
            return (await self.questions.list_numbered(wanted, lang=lang, number=1, size=SHOWN)).items
        found = await self.questions.search(wanted, lang=lang, number=1, size=SHOWN)
        return [one.card for one in found.page.items]
