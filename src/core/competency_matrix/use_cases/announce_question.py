from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.consequences import QuestionConsequences, mention_of
from core.competency_matrix.storage import QuestionStorage
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceQuestion:
    """The runner follows up a scheduled question, the task's subject, that visitors can read by now: texts that link to
    it are rendered again, and those who subscribed hear of it. Refused with TaskTaken."""

    access: Access
    questions: QuestionStorage
    tasks: TaskStorage
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.ANNOUNCE_QUESTION)
        now = self.clock.now()
        for question in await self.questions.list_many([task.subject]):
            if question.is_readable(now):
                await self.tasks.add(TaskKind.RENDER_AGAIN, subject=mention_of(question.slug), due_at=now)
                await self.question_consequences.of_hour(question)
        await self.tasks.finish(task)
        await self.transaction.commit()
