from collections.abc import AsyncIterator
from pathlib import Path

from core.competency_matrix.files import BadMatrixFile, ExportedMatrix, FoundMatrix, MatrixFormat
from core.competency_matrix.question_imports import QuestionImport, QuestionImportGone, QuestionImportId
from core.errors import Unavailable


class FakeMatrixFiles:
    """Whatever is read holds *matrix*, unless it *breaks*; *asked* are the forms that were named."""

    def __init__(self) -> None:
        self.matrix = FoundMatrix(rows=())
        self.breaks: Exception | None = None
        self.asked: list[MatrixFormat | None] = []

    async def read(self, content: bytes, form: MatrixFormat | None = None) -> FoundMatrix:
        self.asked.append(form)
        if self.breaks is not None:
            raise self.breaks
        return self.matrix

    async def read_folder(self, folder: Path) -> FoundMatrix:
        raise BadMatrixFile("There are no folders here.")

    async def write(self, matrix: ExportedMatrix, form: MatrixFormat) -> AsyncIterator[bytes]:
        async for rows in matrix.batches:
            yield repr((form, rows)).encode()

    async def write_folder(self, matrix: ExportedMatrix) -> AsyncIterator[tuple[str, bytes]]:
        async for rows in matrix.batches:
            yield "rows", repr(rows).encode()


class MemoryQuestionImports:
    """*kept* are imports with their files by id; while *is_silent* the store does not answer. *saves* counts."""

    def __init__(self) -> None:
        self.kept: dict[QuestionImportId, tuple[QuestionImport, bytes]] = {}
        self.is_silent = False
        self.saves = 0
        self.stopped: set[QuestionImportId] = set()

    async def add(self, one: QuestionImport, content: bytes) -> None:
        self._answer()
        self.kept[one.id] = (one, content)

    async def get(self, import_id: QuestionImportId) -> QuestionImport:
        self._answer()
        if import_id not in self.kept:
            raise QuestionImportGone
        return self.kept[import_id][0]

    async def content(self, one: QuestionImport) -> bytes:
        self._answer()
        if one.id not in self.kept:
            raise QuestionImportGone
        return self.kept[one.id][1]

    async def save(self, one: QuestionImport) -> None:
        self._answer()
        self.saves += 1
        self.kept[one.id] = (one, self.kept[one.id][1])

    async def stop(self, one: QuestionImport) -> None:
        self._answer()
        self.stopped.add(one.id)

    async def is_stopped(self, one: QuestionImport) -> bool:
        self._answer()
        return one.id in self.stopped

    def _answer(self) -> None:
        if self.is_silent:
            raise Unavailable
