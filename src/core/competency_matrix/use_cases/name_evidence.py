from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import EvidenceLink
from core.competency_matrix.storage import QuestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEvidence:
    """Whoever may write learns what those posts are called that she chose to show a skill, by their ids or addresses.
    What she may not know of is left out."""

    access: Access
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, names: Sequence[str]) -> Sequence[EvidenceLink]:
        self.access.require(Action.DRAFT_QUESTION)
        found = await self.questions.list_evidence(names, now=self.clock.now()) if names else ()
        return [link for link in found if link.is_public or self.access.can(Action.READ_UNPUBLISHED_POST, on=link)]
