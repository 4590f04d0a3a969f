from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.files import FoundMatrix
from core.competency_matrix.row_check import CheckedMatrix, RowCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckQuestionRows:
    """The owner, or the operator, sees what would become of each row of a file. Nothing is written."""

    access: Access
    row_check: RowCheck

    async def __call__(self, matrix: FoundMatrix, *, lang: str) -> CheckedMatrix:
        self.access.require(Action.IMPORT_CONTENT)
        return await self.row_check.check(matrix, lang=lang)
