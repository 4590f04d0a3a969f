from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.files import FoundMatrix, MatrixFiles
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportId,
    QuestionImports,
    QuestionImportState,
)
from core.competency_matrix.row_check import CheckedMatrix, RowCheck
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestionImport:
    """*checked* tells of each row while nothing is written yet."""

    one: QuestionImport
    checked: CheckedMatrix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowQuestionImport:
    """The owner sees what would become of each row of the file that she uploaded, or what has become of it. Nothing is
    written. Refused with QuestionImportGone or Unavailable."""

    access: Access
    question_imports: QuestionImports
    matrix_files: MatrixFiles
    row_check: RowCheck
    transaction: Transaction

    async def __call__(self, import_id: QuestionImportId) -> ShownQuestionImport:
        self.access.require(Action.IMPORT_CONTENT)
        one = await self.question_imports.get(import_id)
        if one.state is not QuestionImportState.READY:
            return ShownQuestionImport(one=one)
        await self.transaction.rest()
        matrix: FoundMatrix = await self.matrix_files.read(await self.question_imports.content(one), one.format)
        return ShownQuestionImport(one=one, checked=await self.row_check.check(matrix, lang=one.lang))
