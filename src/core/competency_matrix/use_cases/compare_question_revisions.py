import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.comparison import differences
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionRevision, QuestionRevisionStorage
from core.competency_matrix.storage import QuestionStorage
from core.diff import Difference
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionComparison:
    """How *question* came from *old* to *new* (None: to the present state)."""

    question: Question
    old: QuestionRevision
    new: QuestionRevision | None
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareQuestionRevisions:
    """Whoever may see a question before it is public sees what changed between two of its states, or since one of them
    (*new* None). Refused with QuestionNotFound or QuestionRevisionNotFound."""

    access: Access
    questions: QuestionStorage
    question_revisions: QuestionRevisionStorage
    transaction: Transaction

    async def __call__(self, question_id: str, *, old: int, new: int | None = None) -> QuestionComparison:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.READ_UNPUBLISHED_QUESTION, on=question)
        before = await self.question_revisions.get(question.id, old)
        after = await self.question_revisions.get(question.id, new) if new is not None else None
        await self.transaction.rest()
        found = await asyncio.to_thread(differences, before.text, after.text if after else question.text)
        return QuestionComparison(question=question, old=before, new=after, differences=found)
