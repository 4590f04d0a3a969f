from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionRevision, QuestionRevisionStorage
from core.competency_matrix.storage import QuestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestionRevision:
    """*question* as it stands, and one of its states."""

    question: Question
    revision: QuestionRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowQuestionRevision:
    """Whoever may see a question before it is public sees one of its earlier states. Refused with QuestionNotFound or
    QuestionRevisionNotFound."""

    access: Access
    questions: QuestionStorage
    question_revisions: QuestionRevisionStorage

    async def __call__(self, question_id: str, number: int) -> ShownQuestionRevision:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.READ_UNPUBLISHED_QUESTION, on=question)
        revision = await self.question_revisions.get(question.id, number)
        return ShownQuestionRevision(question=question, revision=revision)
