from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.storage import QuestionStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawQuestion:
    """An editor, or an author of the question who may, hides it from visitors. Unchanged when it is hidden.

    Refused with QuestionNotFound, QuestionInTrash or StaleVersion.
    """

    access: Access
    questions: QuestionStorage
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_id: str, *, expected: int | None = None) -> Question:
        self.access.require(Action.WITHDRAW_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.WITHDRAW_QUESTION, on=question)
        if expected is not None and expected != question.version:
            raise StaleVersion(current=question.version)
        withdrawn = question.withdraw(now=self.clock.now())
        if withdrawn == question:
            return question
        saved = await self.questions.save(withdrawn)
        await self.question_consequences.follow(question, saved)
        await self.transaction.commit()
        return saved
