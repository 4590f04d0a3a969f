"""Tables of rows whose cells have been written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import Tag

from services.writing.trees import children, text_of

COLUMNS = 60
_ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right)|has-text-align-(left|center|right)|ta-(left|center|right)")
_LINES = {"left": ":---", "center": ":---:", "right": "---:", "": "---"}


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    aligned: tuple[str, ...]
    is_head: bool

    @classmethod
    def of(cls, row: Tag) -> Row:
        found = children(row, "td", "th")
        cells: list[str] = []
        aligned: list[str] = []
        for cell in found:
            span = text_of(cell, "colspan")
            width = int(span) if re.fullmatch(r"[0-9]{1,2}", span) else 1
            cells += [text_of(cell, "written"), *[""] * (width - 1)]
            aligned += [_alignment(cell)] * max(1, width)
        in_head = row.parent is not None and row.parent.name == "thead"
        is_head = bool(found) and (in_head or all(cell.name == "th" for cell in found))
        return cls(tuple(cells[:COLUMNS]), tuple(aligned[:COLUMNS]), is_head)


def _alignment(cell: Tag) -> str:
    found = _ALIGNED.search(f"{text_of(cell, 'style')} {text_of(cell, 'class')}".lower())
    named = text_of(cell, "align").lower() or text_of(cell, "data-align").lower()
    return next(filter(None, found.groups()), "") if found else named if named in _LINES else ""


def as_table(rows: list[Row]) -> str:
    """The first row is the head when it says so; else the head has no words."""
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        return ""
    width = max(len(row.cells) for row in rows)
    head = rows[0].cells if rows[0].is_head else ()
    body = rows[1:] if rows[0].is_head else rows
    aligned = tuple(_of_column(rows[:3], column) for column in range(width))
    lines = [_line(head, width), _line(tuple(_LINES[side] for side in aligned), width)]
    return "\n".join([*lines, *(_line(row.cells, width) for row in body)])


def _of_column(rows: list[Row], column: int) -> str:
    return next((row.aligned[column] for row in rows if row.aligned[column : column + 1] > ("",)), "")


def _line(cells: tuple[str, ...], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
