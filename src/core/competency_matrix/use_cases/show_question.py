from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import Beside
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """The address in use is /matrix/{sheet.key}/{question.slug}."""

    question: Question
    sheet: Sheet
    settings: MatrixSettings
    beside: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowQuestion:
    """Anybody reads a published question, with its resources, evidence and neighbours. Found by its present address or
    one that it had. Refused with QuestionNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, slug: str, *, lang: str) -> ShownQuestion:
        self.access.require(Action.READ_MATRIX)
        now = self.clock.now()
        try:
            question = await self.questions.get_by_slug(slug, now=now)
        except QuestionNotFound:
            former = await self.questions.find_former(slug, now=now)
            if former is None:
                raise
            question = former
        return ShownQuestion(
            question=question,
            sheet=await self.sheets.get(question.sheet_id),
            settings=await self.sheets.settings(),
            beside=await self.questions.look_beside(question, now=now, lang=lang),
        )
