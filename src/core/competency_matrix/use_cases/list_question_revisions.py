from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionRevision, QuestionRevisionStorage
from core.competency_matrix.storage import QuestionStorage
from core.errors import Invalid, Problem
from core.pagination import Slice
from core.revisions import revision_number
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionHistory:
    """*question* as it stands, and its earlier states, newest first; the first of all is the present text."""

    question: Question
    revisions: Slice[QuestionRevision]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestionRevisions:
    """Whoever may see a question before it is public sees all that it was, newest first. Refused with
    QuestionNotFound, or Invalid for a cursor that we did not make."""

    access: Access
    questions: QuestionStorage
    question_revisions: QuestionRevisionStorage

    async def __call__(self, question_id: str, *, limit: int = 20, cursor: str | None = None) -> QuestionHistory:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.READ_UNPUBLISHED_QUESTION, on=question)
        before = revision_number(cursor) if cursor else None
        if cursor and before is None:
            raise Invalid(Problem.of("cursor", N_("Use a cursor that a list of this kind gave.")))
        found = await self.question_revisions.list_newest(question.id, limit=limit + 1, before=before)
        shown = found[:limit]
        more = str(shown[-1].number) if len(found) > limit else None
        return QuestionHistory(question=question, revisions=Slice(items=shown, next_cursor=more))
