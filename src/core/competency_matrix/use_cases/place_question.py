from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import PlaceNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import sheet_with
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuestion:
    """Whoever may edit a question puts it into another cell: at its end, or, if she may order questions, where *order*
    has it (the whole cell, where she saw *seen*). A public one needs the right to publish; without a grade it leaves
    public view and is flagged. Nothing happens to what stands there already.

    Refused with QuestionNotFound, QuestionInTrash, PlaceNotFound, StaleVersion, Invalid, or OrderChanged when that cell
    is not as she saw it any more.
    """

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(
        self,
        question_id: str,
        *,
        subsection_id: str,
        grade: GradeKey | None,
        order: Sequence[str] = (),
        seen: Sequence[str] = (),
    ) -> Question:
        self.access.require(Action.EDIT_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.EDIT_QUESTION, on=question)
        if question.is_public:
            self.access.require(Action.PUBLISH_QUESTION, on=question)
        if order:
            self.access.require(Action.ORDER_QUESTIONS)
        await self.composer.find_cell(None, grade)
        sheet = sheet_with(subsection_id, await self.sheets.list_sheets())
        if sheet is None:
            raise PlaceNotFound
        moved = question.put(sheet_id=sheet.id, subsection_id=subsection_id, grade=grade, at=self.clock.now())
        if moved == question:
            return question
        await self.composer.hold((question, moved))
        saved = await self.questions.save(moved)
        if order:
            await self.questions.order(subsection_id, grade, order, expected=[*seen, question.id])
        await self.question_consequences.follow(question, saved)
        await self.transaction.commit()
        return saved
