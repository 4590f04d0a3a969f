from collections.abc import Collection
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportId,
    QuestionImports,
    QuestionImportState,
    have_import_deleted,
    keep_import,
)
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmQuestionImport:
    """The owner has the rows with these *numbers* brought in, or all that are new; the runner does it. An import that
    is under way, or over, stays as it is.

    Refused with QuestionImportGone a day after the upload, or Unavailable.
    """

    access: Access
    question_imports: QuestionImports
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, import_id: QuestionImportId, *, numbers: Collection[int] | None = None) -> QuestionImport:
        self.access.require(Action.IMPORT_CONTENT)
        standing = await self.question_imports.get(import_id)
        if standing.is_over:
            return standing
        now = self.clock.now()
        await self.tasks.add(TaskKind.RUN_QUESTION_IMPORT, subject=import_id, due_at=now)
        # Two who confirm at once met at the task: whoever comes second reads what the first has saved.
        standing = await self.question_imports.get(import_id)
        if standing.state is QuestionImportState.READY:
            standing = standing.confirmed(numbers, now)
            await keep_import(import_id, self.tasks)
            await have_import_deleted(standing, self.tasks)
            rows = {"rows": str(standing.chosen)}
            await self.audit.record(Action.IMPORT_CONTENT, subject=import_id, label=standing.filename, after=rows)
            await self.question_imports.save(standing)
        # Also when it was running: somebody's process may have died between the store and the database.
        await self.transaction.commit()
        return standing
