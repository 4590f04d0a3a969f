from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionCopyStorage
from core.competency_matrix.storage import QuestionStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardQuestionCopy:
    """Whoever may edit a question forgets what she kept aside of it; the question stays as it is. Nothing happens when
    there is nothing. Refused with QuestionNotFound."""

    access: Access
    questions: QuestionStorage
    question_copies: QuestionCopyStorage
    transaction: Transaction

    async def __call__(self, question_id: str) -> Question:
        self.access.require(Action.EDIT_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.EDIT_QUESTION, on=question)
        user_id = self.access.actor.user_id
        if user_id is not None:
            await self.question_copies.discard(question.id, user_id)
            await self.transaction.commit()
        return question
