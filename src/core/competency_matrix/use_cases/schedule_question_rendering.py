from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.storage import QuestionStorage
from core.markdown import MarkdownRenderer
from core.rendering import OUTDATED
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleQuestionRendering:
    """After an update the operator has the runner render anew whatever answers an older release rendered. False, and
    nothing done, when there is nothing of the kind."""

    access: Access
    questions: QuestionStorage
    markdown: MarkdownRenderer
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self) -> bool:
        self.access.require(Action.RENDER_AGAIN)
        if not await self.questions.list_outdated(self.markdown.version, limit=1):
            return False
        await self.tasks.add(TaskKind.RENDER_QUESTIONS, subject=OUTDATED, due_at=self.clock.now())
        await self.transaction.commit()
        return True
