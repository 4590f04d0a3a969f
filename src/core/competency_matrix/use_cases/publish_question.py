from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.storage import QuestionStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishQuestion:
    """An editor, or an author of the question who may, makes it public, at once or from *at* on.

    Unchanged when it already is. Refused with QuestionNotFound, QuestionNotReady, QuestionInTrash or StaleVersion.
    """

    access: Access
    questions: QuestionStorage
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_id: str, *, at: datetime | None = None, expected: int | None = None) -> Question:
        self.access.require(Action.PUBLISH_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.PUBLISH_QUESTION, on=question)
        if expected is not None and expected != question.version:
            raise StaleVersion(current=question.version)
        now = self.clock.now()
        published = question.publish(at=at or now, now=now)
        if published == question:
            return question
        saved = await self.questions.save(published)
        await self.question_consequences.follow(question, saved)
        await self.transaction.commit()
        return saved
