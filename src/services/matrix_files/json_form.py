"""Sheets and questions in one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.competency_matrix.files import ROWS_MAX, BadMatrixFile, FoundMatrix, QuestionRow
from core.competency_matrix.planting import QuestionCode, SheetCode
from core.errors import Problem
from core.text import N_
from services.matrix_files.tables import TOO_MANY
from services.matrix_files.values import NAMES, Values, row_of, sound, values_of

FORMAT = "terrace-matrix"
VERSION = 1
_SHAPE = N_("The JSON has no list “questions”.")
_SHEET = N_("A sheet of the JSON cannot be read: it has a key, a name, a description and sections.")


class JsonWriter:
    def __init__(self, sheets: Sequence[SheetCode]) -> None:
        self._sheets = sheets
        self._is_first = True

    def begin(self) -> bytes:
        sheets = json.dumps([_sheet(sheet) for sheet in self._sheets], ensure_ascii=False, indent=1)
        return f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"sheets": {sheets},\n"questions": [\n'.encode()

    def rows(self, rows: Sequence[QuestionRow]) -> bytes:
        said = [json.dumps(values_of(row), ensure_ascii=False, indent=1) for row in rows]
        between = "" if self._is_first else ",\n"
        self._is_first = self._is_first and not said
        return (between + ",\n".join(said)).encode() if said else b""

    def end(self) -> Iterator[bytes]:
        yield b"\n]\n}\n"


def read_json(content: bytes) -> FoundMatrix:
    """What JsonWriter wrote, or a list of questions alone. Raises BadMatrixFile."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BadMatrixFile(N_("The JSON cannot be read: %(reason)s"), reason=reason) from None
    said = {"questions": found} if isinstance(found, list) else found
    questions = said.get("questions") if isinstance(said, dict) else None
    if not isinstance(questions, list):
        raise BadMatrixFile(_SHAPE)
    if len(questions) > ROWS_MAX:
        raise BadMatrixFile(TOO_MANY, limit=ROWS_MAX)
    sheets = said.get("sheets", [])
    if not isinstance(sheets, list):
        raise BadMatrixFile(_SHEET)
    rows = [_row(number, one) for number, one in enumerate(questions, start=1)]
    return FoundMatrix(rows=rows, sheets=[_read_sheet(sheet) for sheet in sheets])


def _row(number: int, one: Any) -> QuestionRow:
    if not isinstance(one, dict):
        problem = Problem.of("row", N_("A question has names with values."))
        code = QuestionCode(sheet="", section="", subsection="", question="")
        return QuestionRow(number=number, code=code, problems=(problem,))
    values = Values(one)
    values.refuse_unknown(NAMES)
    return row_of(number, values)


def _sheet(sheet: SheetCode) -> dict[str, object]:
    sections = [{"name": name, "subsections": list(within)} for name, within in sheet.sections]
    return {"key": sheet.key, "name": sheet.name, "description": sheet.description, "sections": sections}


def _read_sheet(said: Any) -> SheetCode:
    values = Values(said if isinstance(said, dict) else {"key": None, "sections": None, "wrong": said})
    values.refuse_unknown(frozenset({"key", "name", "description", "sections"}))
    sections = said.get("sections", []) if isinstance(said, dict) else []
    code = SheetCode(
        key=values.words("key").strip(),
        name=values.words("name"),
        description=values.words("description"),
        sections=tuple(_section(one) for one in sections) if isinstance(sections, list) else (),
    )
    if values.problems or not isinstance(sections, list):
        raise BadMatrixFile(_SHEET)
    return code


def _section(said: Any) -> tuple[str, tuple[str, ...]]:
    if not isinstance(said, Mapping):
        raise BadMatrixFile(_SHEET)
    name, within = said.get("name"), said.get("subsections", [])
    if not isinstance(name, str) or not isinstance(within, list) or not all(isinstance(one, str) for one in within):
        raise BadMatrixFile(_SHEET)
    return sound(name), tuple(map(sound, within))
