from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.storage import QuestionStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreQuestion:
    """An editor, or the author of a question, takes it out of the trash as it was. A public one needs the right to
    publish. Refused with QuestionNotFound."""

    access: Access
    questions: QuestionStorage
    question_consequences: QuestionConsequences
    transaction: Transaction

    async def __call__(self, question_id: str) -> Question:
        self.access.require(Action.RESTORE_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.RESTORE_QUESTION, on=question)
        if question.is_public:
            self.access.require(Action.PUBLISH_QUESTION, on=question)
        restored = question.restore()
        if restored == question:
            return question
        saved = await self.questions.save(restored)
        await self.question_consequences.follow(question, saved)
        await self.transaction.commit()
        return saved
