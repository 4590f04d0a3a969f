"""A matrix as files hold it: sheets, and questions row by row."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from core.competency_matrix.planting import QuestionCode, SheetCode
from core.errors import Invalid, Problem
from core.text import N_

ROWS_MAX = 5_000
FILE_BYTES = 10 * 1024**2


class MatrixFormat(StrEnum):
    """MARKDOWN is a zip (or a folder) of one file for each question, as a site's folder has it under content/matrix."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One question of a file. *number* is its row as a spreadsheet counts them, else its place in the file, *source*
    the name of its own file where it has one. *lang* is that of its first wording, empty for the site's own.

    Public since (or from) *published_at*, from now on when that is not said; not public with a date: withdrawn. *code*
    has what could be read, *problems* name the column of what could not.
    """

    number: int
    code: QuestionCode
    source: str = ""
    lang: str = ""
    is_public: bool = False
    published_at: datetime | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMatrix:
    """What a file holds. *sheets* are those that it describes: rows may name others, which the site has to have."""

    rows: Sequence[QuestionRow]
    sheets: Sequence[SheetCode] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedMatrix:
    """All *sheets* in their order, and the questions in the order of the sheets, some at a time."""

    sheets: Sequence[SheetCode]
    batches: AsyncGenerator[Sequence[QuestionRow], None]


class BadMatrixFile(Invalid):
    """The file as a whole cannot be read or must not be: *problems* has one, of the field "file"."""

    code = "bad_matrix_file"

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(Problem.of("file", message, **params))


def file_too_large() -> BadMatrixFile:
    return BadMatrixFile(N_("The file is larger than %(limit)d MB. Please split it."), limit=FILE_BYTES // 1024**2)


class MatrixFiles(Protocol):
    """Reads what it writes: the same matrix gives the same words, whenever and wherever. All work is done off the event
    loop. ``read`` and ``read_folder`` raise BadMatrixFile with a reason for what is broken, too large, hostile or of no
    known form, and Unavailable when too much waits already."""

    async def read(self, content: bytes, form: MatrixFormat | None = None) -> FoundMatrix:
        """Without *form* it is recognised."""
        ...

    async def read_folder(self, folder: Path) -> FoundMatrix:
        """The Markdown files of a folder of this machine."""
        ...

    def write(self, matrix: ExportedMatrix, form: MatrixFormat) -> AsyncIterator[bytes]:
        """The file part by part. Closes *matrix.batches* however it ends."""
        ...

    def write_folder(self, matrix: ExportedMatrix) -> AsyncIterator[tuple[str, bytes]]:
        """The files of the Markdown form by their paths."""
        ...
