from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.storage import QuestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUnplantedQuestions:
    """The operator learns which of a folder's questions the site does not have, not even in the trash."""

    access: Access
    questions: QuestionStorage

    async def __call__(self, slugs: Sequence[str]) -> Sequence[str]:
        self.access.require(Action.APPLY_SITE)
        held = await self.questions.list_held(slugs)
        return [slug for slug in slugs if slug not in held]
