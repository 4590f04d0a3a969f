"""Spreadsheets of Excel and LibreOffice, by openpyxl."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from core.blog.archives import BadArchive
from core.competency_matrix.files import ROWS_MAX, BadMatrixFile, FoundMatrix, QuestionRow
from core.competency_matrix.planting import SheetCode
from core.text import N_
from services.archives.writing import entry
from services.archives.zips import ZipFiles
from services.matrix_files.tables import COLUMNS, cells_of, guarded, header, read_rows, unguarded
from services.matrix_files.unpacking import on_disk

UNPACKED_BYTES = 64 * 1024**2
CELL_LENGTH = 16_000
"""A cell holds 32,767 units of UTF-16; what is longer goes on in the third worksheet."""
PART = 64 * 1024
BLANK_ROWS = 1_000
QUESTIONS, SHEETS, MORE = "Questions", "Sheets", "More"
SHEET_COLUMNS = ("key", "name", "description", "section", "subsection")
MORE_COLUMNS = ("row", "column", "text")
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4})")
_SPELT = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_LONG_AGO = rb"\g<1>1980-01-01T00:00:00Z"


class XlsxWriter:
    """The same bytes for the same questions."""

    def __init__(self, sheets: Sequence[SheetCode]) -> None:
        self._sheets = {sheet.key: sheet for sheet in sheets}
        self._book = Workbook(write_only=True)
        self._questions = self._book.create_sheet(QUESTIONS)
        about = self._book.create_sheet(SHEETS)
        self._more = self._book.create_sheet(MORE)
        self._number = 1
        about.append(self._cells(about, SHEET_COLUMNS))
        for cells in _sheet_rows(sheets):
            about.append(self._cells(about, [guarded(cell) for cell in cells]))
        self._more.append(self._cells(self._more, MORE_COLUMNS))

    def begin(self) -> bytes:
        self._questions.append(self._cells(self._questions, COLUMNS))
        return b""

    def rows(self, rows: Sequence[QuestionRow]) -> bytes:
        for row in rows:
            self._number += 1
            cells = [_escaped(cell) for cell in cells_of(row, self._sheets)]
            self._questions.append(self._cells(self._questions, [cell[:CELL_LENGTH] for cell in cells], is_raw=True))
            for column, cell in zip(COLUMNS, cells, strict=True):
                for start in range(CELL_LENGTH, len(cell), CELL_LENGTH):
                    part = [str(self._number), column, cell[start : start + CELL_LENGTH]]
                    self._more.append(self._cells(self._more, part, is_raw=True))
        return b""

    def end(self) -> Iterator[bytes]:
        made, kept = BytesIO(), BytesIO()
        self._book.save(made)
        with zipfile.ZipFile(made) as found, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as lasting:
            for name in sorted(found.namelist()):
                content = found.read(name)
                content = _MOMENT.sub(_LONG_AGO, content) if name == "docProps/core.xml" else content
                lasting.writestr(entry(name), content, zipfile.ZIP_DEFLATED)
        kept.seek(0)
        while part := kept.read(PART):
            yield part

    @staticmethod
    def _cells(sheet: Any, cells: Sequence[str], *, is_raw: bool = False) -> list[Any]:
        """All of them texts, whatever they look like."""
        return [_text_cell(sheet, words if is_raw else _escaped(words)) if words else None for words in cells]


def read_xlsx(content: bytes) -> FoundMatrix:
    """The worksheet “Questions”, or else the first one. Raises BadMatrixFile."""
    _refuse_hostile(content)
    try:
        with closing(load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)) as book:
            named = {sheet.title: sheet for sheet in book.worksheets}
            questions = named.get(QUESTIONS) or book.worksheets[0]
            more = _longer(_rows(named[MORE], len(MORE_COLUMNS))) if MORE in named else {}
            sheets = _sheets(_rows(named[SHEETS], len(SHEET_COLUMNS))) if SHEETS in named else ()
            return read_rows(_joined(_rows(questions, len(COLUMNS) + 1), more), sheets)
    except BadMatrixFile:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever it stumbles over in a broken file
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise BadMatrixFile(N_("The spreadsheet cannot be read: %(reason)s"), reason=reason) from None


def _refuse_hostile(content: bytes) -> None:
    with on_disk(content) as path:
        try:
            with closing(ZipFiles(path)) as files:
                total = sum(files.size(name) for name in files.names)
        except BadArchive as error:
            raise BadMatrixFile(error.problems[0].message, **error.problems[0].params) from None
    if total > UNPACKED_BYTES:
        limit = UNPACKED_BYTES // 1024**2
        raise BadMatrixFile(N_("Unpacked the file is larger than %(limit)d MB. Please split it."), limit=limit)


def _rows(sheet: Any, width: int) -> Iterator[list[str]]:
    """One row more than is read, so that it is known when there are more."""
    most = ROWS_MAX + BLANK_ROWS + 2
    for row in sheet.iter_rows(min_row=1, max_row=most, min_col=1, max_col=width, values_only=True):
        yield [_words(value) for value in row]


def _joined(rows: Iterator[list[str]], more: Mapping[tuple[int, str], str]) -> Iterator[list[str]]:
    names: list[str] = []
    for number, cells in enumerate(rows, start=1):
        names = names or [cell.strip() for cell in cells]
        yield [_unescaped(cell + more.get((number, name), "")) for name, cell in zip(names, cells, strict=False)]


def _longer(rows: Iterator[list[str]]) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = {}
    next(rows, None)
    for number, column, text in rows:
        if number.isdecimal():
            key = (int(number), column)
            found[key] = found.get(key, "") + text
    return found


def _sheets(rows: Iterator[list[str]]) -> Sequence[SheetCode]:
    """Raises BadMatrixFile."""
    columns = header(next(rows, []), SHEET_COLUMNS, SHEET_COLUMNS)
    told: dict[str, tuple[str, str]] = {}
    sections: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        said = dict(zip(columns, (unguarded(_unescaped(cell)).strip() for cell in row), strict=False))
        if key := said["key"]:
            told.setdefault(key, (said["name"], said["description"]))
            within = sections.setdefault(key, {})
            if said["section"]:
                within.setdefault(said["section"], []).extend([said["subsection"]] if said["subsection"] else [])
    return [
        SheetCode(
            key=key,
            name=name,
            description=description,
            sections=tuple((section, tuple(within)) for section, within in sections[key].items()),
        )
        for key, (name, description) in told.items()
    ]


def _sheet_rows(sheets: Sequence[SheetCode]) -> Iterator[tuple[str, ...]]:
    for sheet in sheets:
        places = [(section, one) for section, within in sheet.sections for one in within or ("",)]
        for section, subsection in places or [("", "")]:
            yield sheet.key, sheet.name, sheet.description, section, subsection


def _text_cell(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    return cell


def _words(value: Any) -> str:
    """What a cell shows: whole numbers without a fraction, times as ISO 8601 has them."""
    if value is None:
        return ""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _escaped(words: str) -> str:
    """What XML cannot hold is spelt as spreadsheets do: _x000D_."""
    return _SPECIAL.sub(lambda found: f"_x{ord(found[0]):04X}_", words)


def _unescaped(words: str) -> str:
    return _SPELT.sub(lambda found: chr(int(found[1], 16)), words)
