"""A house into which questions come from files."""

from dataclasses import replace

from core.competency_matrix.files import FoundMatrix, QuestionRow
from core.competency_matrix.planting import SheetCode
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportId,
    QuestionImportState,
    new_question_import,
)
from core.competency_matrix.row_check import RowCheck
from core.competency_matrix.row_choice import RowChoice
from core.competency_matrix.row_import import RowImport
from core.identity import Role
from tests.core.fakes.matrix_files import FakeMatrixFiles, MemoryQuestionImports
from tests.core.house import House, somebody

THIS = QuestionImportId("this")


class ImportingHouse(House):
    def __init__(self) -> None:
        super().__init__()
        self.question_imports = MemoryQuestionImports()
        self.matrix_files = FakeMatrixFiles()

    @property
    def row_check(self) -> RowCheck:
        return self.make(RowCheck)

    @property
    def row_choice(self) -> RowChoice:
        return self.make(RowChoice)

    @property
    def row_import(self) -> RowImport:
        return self.make(RowImport)

    def has_file(
        self,
        *rows: QuestionRow,
        sheets: tuple[SheetCode, ...] = (),
        state: QuestionImportState = QuestionImportState.READY,
        numbers: tuple[int, ...] | None = None,
    ) -> QuestionImport:
        """The owner's import THIS of a file with *rows*."""
        self.matrix_files.matrix = FoundMatrix(rows=rows, sheets=sheets)
        new = new_question_import(
            filename="matrix.csv", form=None, lang="en", total=len(rows), by=somebody(Role.OWNER), at=self.clock.now()
        )
        one = replace(new, id=THIS, state=state, numbers=numbers)
        self.question_imports.kept[THIS] = (one, b"file")
        return one

    @property
    def this(self) -> QuestionImport:
        return self.question_imports.kept[THIS][0]

    def _everything(self) -> list[object]:
        return [*super()._everything(), dict(self.question_imports.kept)]
