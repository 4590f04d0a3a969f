"""All forms of matrix files, read and written off the event loop."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, closing
from functools import partial
from pathlib import Path
from typing import Protocol

from core.blog.archives import BadArchive
from core.blog.exports import ExportedFile
from core.competency_matrix.files import (
    FILE_BYTES,
    BadMatrixFile,
    ExportedMatrix,
    FoundMatrix,
    MatrixFormat,
    QuestionRow,
    file_too_large,
)
from core.competency_matrix.planting import SheetCode
from services.archives.files import ArchiveFiles, FolderFiles
from services.archives.writing import TerraceWriter
from services.archives.zips import ZipFiles
from services.matrix_files.csv_form import CsvWriter, read_csv
from services.matrix_files.json_form import JsonWriter, read_json
from services.matrix_files.markdown_form import question_file, read_markdown, sheet_file
from services.matrix_files.unpacking import on_disk
from services.matrix_files.xlsx_form import XlsxWriter, read_xlsx
from services.own_threads import OwnThreads

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


class FormWriter(Protocol):
    """Its methods are called in this order, *rows* as often as there are some."""

    def begin(self) -> bytes: ...

    def rows(self, rows: Sequence[QuestionRow]) -> bytes: ...

    def end(self) -> Iterator[bytes]: ...


_WRITERS: dict[MatrixFormat, Callable[[Sequence[SheetCode]], FormWriter]] = {
    MatrixFormat.CSV: CsvWriter,
    MatrixFormat.XLSX: XlsxWriter,
    MatrixFormat.JSON: JsonWriter,
}


class Forms:
    """The reader and writer of matrix files. One thread: two files at once take turns, and the site is served
    meanwhile."""

    def __init__(self) -> None:
        self._threads = OwnThreads("matrix-files", threads=1, waiting=8)
        self._archives = TerraceWriter()

    async def read(self, content: bytes, form: MatrixFormat | None = None) -> FoundMatrix:
        return await self._threads.run(lambda: _read(content, form))

    async def read_folder(self, folder: Path) -> FoundMatrix:
        return await self._threads.run(lambda: _read_archive(lambda: FolderFiles(folder)))

    async def write(self, matrix: ExportedMatrix, form: MatrixFormat) -> AsyncIterator[bytes]:
        if form is MatrixFormat.MARKDOWN:
            async for part in self._archives.zipped(self._files(matrix)):
                yield part
            return
        async with aclosing(matrix.batches):
            writer = await self._threads.run(lambda: _WRITERS[form](matrix.sheets))
            yield await self._threads.run(writer.begin)
            async for rows in matrix.batches:
                yield await self._threads.run(partial(writer.rows, rows))
            for part in await self._threads.run(lambda: list(writer.end())):
                yield part

    async def write_folder(self, matrix: ExportedMatrix) -> AsyncIterator[tuple[str, bytes]]:
        async with aclosing(self._files(matrix)) as files:
            async for file in files:
                yield file.path, file.content

    def close(self) -> None:
        self._threads.close()

    async def _files(self, matrix: ExportedMatrix) -> AsyncGenerator[ExportedFile, None]:
        async with aclosing(matrix.batches):
            for order, sheet in enumerate(matrix.sheets, start=1):
                path, content = sheet_file(sheet, order)
                yield ExportedFile(path=path, content=content)
            async for rows in matrix.batches:
                for path, content in map(question_file, rows):
                    yield ExportedFile(path=path, content=content)


def _read(content: bytes, form: MatrixFormat | None) -> FoundMatrix:
    if len(content) > FILE_BYTES:
        raise file_too_large()
    form = form or recognised(content)
    if form is MatrixFormat.MARKDOWN:
        with on_disk(content) as path:
            return _read_archive(lambda: ZipFiles(path))
    readers = {MatrixFormat.CSV: read_csv, MatrixFormat.XLSX: read_xlsx, MatrixFormat.JSON: read_json}
    return readers[form](content)


def recognised(content: bytes) -> MatrixFormat:
    """By what the file begins with."""
    if content.startswith(b"PK"):
        return MatrixFormat.XLSX if b"[Content_Types].xml" in content else MatrixFormat.MARKDOWN
    return MatrixFormat.JSON if _JSON.match(content) else MatrixFormat.CSV


def _read_archive(open_: Callable[[], ArchiveFiles]) -> FoundMatrix:
    try:
        with closing(open_()) as files:
            return read_markdown(files)
    except BadArchive as error:
        (problem,) = error.problems
        raise BadMatrixFile(problem.message, **problem.params) from None
