"""CSV as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from core.competency_matrix.files import BadMatrixFile, FoundMatrix, QuestionRow
from core.competency_matrix.planting import SheetCode
from core.text import N_
from services.matrix_files.tables import COLUMNS, cells_of, read_rows

MARK = "\ufeff"
_DELIMITERS = ",;\t"


class CsvWriter:
    def __init__(self, sheets: Sequence[SheetCode]) -> None:
        self._sheets = {sheet.key: sheet for sheet in sheets}

    def begin(self) -> bytes:
        return (MARK + _lines([COLUMNS])).encode()

    def rows(self, rows: Sequence[QuestionRow]) -> bytes:
        return _lines([cells_of(row, self._sheets) for row in rows]).encode()

    def end(self) -> Iterator[bytes]:
        yield b""


def read_csv(content: bytes) -> FoundMatrix:
    """Commas, semicolons or tabs stand between the cells, whatever the spreadsheet likes. Raises BadMatrixFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadMatrixFile(N_("The text is not in UTF-8. Please save it as “CSV UTF-8”.")) from None
    return read_rows(_cells(text))


def _cells(text: str) -> Iterator[Sequence[str]]:
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from rows
    except csv.Error as error:
        message = N_("Line %(number)d cannot be read: %(reason)s")
        raise BadMatrixFile(message, number=rows.line_num, reason=str(error)) from None


def _lines(rows: Sequence[Sequence[str]]) -> str:
    written = StringIO()
    csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
