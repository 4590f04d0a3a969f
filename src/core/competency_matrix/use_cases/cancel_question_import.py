from dataclasses import dataclass, replace

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportId,
    QuestionImportIsOver,
    QuestionImports,
    QuestionImportState,
    have_import_deleted,
    keep_import,
)
from core.tasks import TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelQuestionImport:
    """The owner discards a file that waits for her word, or stops an import: what has come stays, no more comes, and
    the runner says so within moments. One that was stopped before stays as it is.

    Refused with QuestionImportGone, QuestionImportIsOver or Unavailable.
    """

    access: Access
    question_imports: QuestionImports
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, import_id: QuestionImportId) -> QuestionImport:
        self.access.require(Action.IMPORT_CONTENT)
        standing = await self.question_imports.get(import_id)
        if standing.state is QuestionImportState.CANCELLED:
            return standing
        if standing.is_over:
            raise QuestionImportIsOver
        # Somebody may confirm it, or the runner save it, at this moment: this word they find whatever they write.
        await self.question_imports.stop(standing)
        if standing.state is QuestionImportState.RUNNING:
            return standing
        now = self.clock.now()
        discarded = replace(standing.cancelled(now), kept_until=now)
        await self.question_imports.save(discarded)
        await keep_import(import_id, self.tasks)
        await have_import_deleted(discarded, self.tasks)
        await self.transaction.commit()
        return discarded
