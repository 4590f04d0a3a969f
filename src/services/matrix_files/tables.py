"""Questions as rows of a table whose first row names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.competency_matrix.files import ROWS_MAX, BadMatrixFile, FoundMatrix, QuestionRow
from core.competency_matrix.planting import SheetCode
from core.locales import LOCALES
from core.text import N_
from services.matrix_files.values import NAMES, PLACE, WORDS, Values, row_of, values_of

SHEET_NAME = "sheet_name"
COLUMNS = (
    *("sheet", SHEET_NAME, "section", "subsection", "grade", "slug", *WORDS, "frequency"),
    *("status", "published_at", "lang", "resources", "evidence"),
    *(f"translations.{lang}.{name}" for lang in LOCALES for name in WORDS),
)
NEEDED = (*PLACE, "question")
TOO_MANY = N_("The file has more than %(limit)d questions. Please split it.")
_RISKY = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"((?:\\.|[^\\|])*)(\||\Z)", re.DOTALL)
_LINES = re.compile(r"\r\n|\r|\n")
_SPELT = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"}
_READ = {"n": "\n", "r": "\r"}


def cells_of(row: QuestionRow, sheets: Mapping[str, SheetCode]) -> list[str]:
    """The row under COLUMNS, harmless to spreadsheets; *sheets* by key."""
    values = values_of(row)
    values[SHEET_NAME] = sheets[row.code.sheet].name
    values["resources"] = "\n".join(_line(one) for one in values.get("resources", ()))
    values["evidence"] = ", ".join(values.get("evidence", ()))
    for lang, said in values.pop("translations", {}).items():
        values |= {f"translations.{lang}.{name}": words for name, words in said.items()}
    return [guarded(values.get(name, "")) for name in COLUMNS]


def read_rows(table: Iterable[Sequence[str]], sheets: Sequence[SheetCode] = ()) -> FoundMatrix:
    """Empty rows count and are left out. Raises BadMatrixFile for another first row, and for more than ROWS_MAX
    questions. *sheets* are what the file says of them elsewhere."""
    rows: list[QuestionRow] = []
    names: dict[str, str] = {}
    columns: list[str] | None = None
    for number, cells in enumerate(table, start=1):
        if not any(map(str.strip, cells)):
            continue
        if columns is None:
            columns = header(cells, COLUMNS, NEEDED)
            continue
        if len(rows) >= ROWS_MAX:
            raise BadMatrixFile(TOO_MANY, limit=ROWS_MAX)
        values = {name: unguarded(cell) for name, cell in zip(columns, cells, strict=False) if name}
        rows.append(_row(number, values, is_too_long=any(map(str.strip, cells[len(columns) :]))))
        if name := values.get(SHEET_NAME, "").strip():
            names.setdefault(values.get("sheet", "").strip(), name)
    if columns is None:
        raise BadMatrixFile(N_("The file is empty."))
    told = {sheet.key for sheet in sheets}
    others = [SheetCode(key=key, name=name) for key, name in names.items() if key not in told]
    return FoundMatrix(rows=rows, sheets=[*sheets, *others])


def header(cells: Sequence[str], known: Sequence[str], needed: Sequence[str]) -> list[str]:
    """The names of the columns, "" for one that has none. Raises BadMatrixFile."""
    names = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    for name in names:
        if name and name not in known:
            raise BadMatrixFile(
                N_("There is no column “%(name)s”. These are known: %(names)s."), name=name[:80], names=", ".join(known)
            )
        if name and names.count(name) > 1:
            raise BadMatrixFile(N_("The column “%(name)s” is there twice."), name=name)
    for name in needed:
        if name not in names:
            raise BadMatrixFile(N_("The column “%(name)s” is missing. The first row names the columns."), name=name)
    return names


def guarded(words: str) -> str:
    """A spreadsheet takes what begins so for a formula, unless an apostrophe stands before it."""
    return f"'{words}" if _RISKY.match(words) else words


def unguarded(words: str) -> str:
    return words[1:] if _GUARDED.match(words) else words


def _row(number: int, cells: Mapping[str, str], *, is_too_long: bool) -> QuestionRow:
    flat: dict[str, Any] = {name: cell for name, cell in cells.items() if name in NAMES and name != "resources"}
    flat["evidence"] = [name for name in re.split(r"[\s,;]+", cells.get("evidence", "")) if name]
    flat["translations"] = _translations(cells)
    values = Values(flat)
    if is_too_long:
        values.refuse("row", N_("The row has more cells than there are columns."))
    values.put("resources", list(_resources(cells.get("resources", ""), values)))
    return row_of(number, values)


def _translations(cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for lang in LOCALES:
        said = {name: cells.get(f"translations.{lang}.{name}", "") for name in WORDS}
        if any(map(str.strip, said.values())):
            found[lang] = said
    return found


def _line(resource: Mapping[str, str]) -> str:
    parts = [resource.get(name, "") for name in ("name", "url", "why")]
    return " | ".join(_spelt(part) for part in (parts if parts[2] else parts[:2]))


def _spelt(part: str) -> str:
    return "".join(_SPELT.get(sign, sign) for sign in part)


def _resources(cell: str, values: Values) -> Iterator[dict[str, str]]:
    """A line each: the address alone, name | address, or name | address | why."""
    for line in filter(str.strip, _LINES.split(cell)):
        parts = [_ESCAPED.sub(_unspelt, part.strip()) for part in _split(line)]
        if len(parts) > 3:
            values.refuse("resources", N_("Write a resource as: name | https://… | why it is worth reading."))
            continue
        name, url, why = (parts * 2 + [""])[:3] if len(parts) == 1 else (*parts, "")[:3]
        yield {"name": name, "url": url, "why": why}


def _split(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    while True:
        found = _PARTS.match(line, start)
        if found is None:
            return [*parts, line[start:]]
        parts.append(found[1])
        if not found[2]:
            return parts
        start = found.end()


def _unspelt(found: re.Match[str]) -> str:
    return _READ.get(found[1], found[1])
