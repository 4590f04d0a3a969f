from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.storage import QuestionStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashQuestion:
    """An editor, or the author of a question, puts it into the trash; a public one needs the right to withdraw it.

    Refused with QuestionNotFound (also when it lies there already) or StaleVersion.
    """

    access: Access
    questions: QuestionStorage
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_id: str, *, expected: int | None = None) -> None:
        self.access.require(Action.TRASH_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.TRASH_QUESTION, on=question)
        if question.is_public:
            self.access.require(Action.WITHDRAW_QUESTION, on=question)
        if question.trashed_at is not None:
            raise QuestionNotFound
        if expected is not None and expected != question.version:
            raise StaleVersion(current=question.version)
        saved = await self.questions.save(question.trash(at=self.clock.now()))
        await self.question_consequences.follow(question, saved)
        await self.transaction.commit()
