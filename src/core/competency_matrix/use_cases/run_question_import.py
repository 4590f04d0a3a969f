import logging
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.competency_matrix.files import BadMatrixFile, MatrixFiles
from core.competency_matrix.import_turn import GIVEN_UP, PAUSE, ImportTurn, conclude
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportGone,
    QuestionImportId,
    QuestionImports,
    QuestionImportState,
)
from core.competency_matrix.row_choice import RowChoice
from core.competency_matrix.row_import import RowImport
from core.errors import Problem
from core.tasks import MOST_ATTEMPTS, Task, TaskKind, TaskStorage
from core.transaction import Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunQuestionImport:
    """The runner brings the chosen rows of an uploaded file in, a minute at a time; a try that was interrupted goes on
    where it stopped. Refused with TaskTaken, or Unavailable when the store does not answer."""

    access: Access
    question_imports: QuestionImports
    matrix_files: MatrixFiles
    row_choice: RowChoice
    row_import: RowImport
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.RUN_IMPORT)
        try:
            one = await self.question_imports.get(QuestionImportId(task.subject))
            if one.state is QuestionImportState.RUNNING:
                one = await self._work(one, task)
                await conclude(one, self.audit)
            is_over = one.state is not QuestionImportState.RUNNING
        except QuestionImportGone:
            is_over = True
        if not is_over:
            due_at = self.clock.now() + PAUSE
            await self.tasks.add(TaskKind.RUN_QUESTION_IMPORT, subject=task.subject, due_at=due_at)
        await self.tasks.finish(task)
        await self.transaction.commit()

    async def _work(self, one: QuestionImport, task: Task) -> QuestionImport:
        turn = ImportTurn(one, self.question_imports, self.row_choice, self.row_import, self.clock, self.transaction)
        try:
            matrix = await self.matrix_files.read(await self.question_imports.content(one), one.format)
            return await turn.go(matrix, is_resumed=task.attempts > 1)
        except QuestionImportGone:
            raise
        except BadMatrixFile as error:
            reason = error.problems[0]
        except Exception:
            if task.attempts < MOST_ATTEMPTS:
                raise
            _log.exception("question_import_given_up", extra={"import": one.id})
            await self.transaction.rest()
            reason = Problem.of("file", GIVEN_UP)
        failed = turn.one.failed(reason, self.clock.now())
        await self.question_imports.save(failed)
        return failed
