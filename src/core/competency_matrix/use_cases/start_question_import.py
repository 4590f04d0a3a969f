from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.files import BadMatrixFile, MatrixFiles, MatrixFormat
from core.competency_matrix.question_imports import (
    WAITING_MAX,
    QuestionImport,
    QuestionImports,
    TooManyFiles,
    count_waiting,
    have_import_deleted,
    have_import_waiting,
    new_question_import,
)
from core.tasks import TaskStorage
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class StartQuestionImport:
    """The owner uploads a file of questions; it is kept for a day, and nothing is written before she says so.

    Refused with BadMatrixFile, TooManyFiles or Unavailable.
    """

    access: Access
    question_imports: QuestionImports
    matrix_files: MatrixFiles
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, content: bytes, *, filename: str, lang: str, form: MatrixFormat | None = None
    ) -> QuestionImport:
        self.access.require(Action.IMPORT_CONTENT)
        if not content:
            raise BadMatrixFile(N_("Please choose the file: CSV, XLSX, JSON, or a zip of Markdown files."))
        if await count_waiting(self.tasks) >= WAITING_MAX:
            raise TooManyFiles
        await self.transaction.rest()
        matrix = await self.matrix_files.read(content, form)
        if not matrix.rows and not matrix.sheets:
            raise BadMatrixFile(N_("There are no questions in the file."))
        now, by = self.clock.now(), self.access.actor
        new = new_question_import(filename=filename, form=form, lang=lang, total=len(matrix.rows), by=by, at=now)
        # Before anything lies in the store it is certain that it will be taken out again.
        await have_import_deleted(new, self.tasks)
        await self.transaction.commit()
        await self.question_imports.add(new, content)
        await have_import_waiting(new, self.tasks)
        await self.transaction.commit()
        return new
