from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.evidence import as_far_as_seen
from core.competency_matrix.storage import QuestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """Anybody sees a published question by its id, members also what is not public, as far as their right reaches.

    What the actor may not see is refused with QuestionNotFound, as if it were not there.
    """

    access: Access
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, question_id: str) -> Question:
        self.access.require(Action.READ_MATRIX)
        question = await self.questions.get(question_id)
        now = self.clock.now()
        if not question.is_readable(now) and not self.access.can(Action.READ_UNPUBLISHED_QUESTION, on=question):
            raise QuestionNotFound
        return (await as_far_as_seen([question], access=self.access, questions=self.questions, now=now))[0]
