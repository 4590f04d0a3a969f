from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.history import QuestionCopy, QuestionCopyStorage
from core.competency_matrix.storage import QuestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class FindQuestionCopy:
    """Whoever may edit a question finds what she typed about it and did not save, if anything. Refused with
    QuestionNotFound."""

    access: Access
    questions: QuestionStorage
    question_copies: QuestionCopyStorage

    async def __call__(self, question_id: str) -> QuestionCopy | None:
        self.access.require(Action.EDIT_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.EDIT_QUESTION, on=question)
        user_id = self.access.actor.user_id
        return await self.question_copies.find(question.id, user_id) if user_id is not None else None
