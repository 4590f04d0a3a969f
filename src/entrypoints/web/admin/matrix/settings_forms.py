"""The form of the matrix's settings: from what was typed to wishes, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from core.competency_matrix.grades import GRADES_MAX, Grade, GradeKey, MatrixSettings, MatrixWishes
from core.slugs import SlugMaker, numbered
from entrypoints.web.forms import WebForm
from entrypoints.web.views import Form
from entrypoints.web.views.matrix_keeping import GradeRow

ROWS_READ = 2 * GRADES_MAX
SHADES = 12
YES = "yes"
FIRST_COLOUR = "#7c8a99"
"""What the field for a colour shows as long as a grade has none of its own: it cannot be empty."""
_FIELDS = ("key", "name", "colour", "own", "gone", "number")
_DIGITS = 6


class MatrixForm(WebForm):
    """*up* and *down* are buttons: the number of the row that is to change places."""

    accepts_suggestions: str = ""
    shows_coverage: str = ""
    up: str = ""
    down: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    @property
    def only_orders(self) -> bool:
        return bool(self.up or self.down)

    def wishes(self, rows: Sequence[Mapping[str, str]], slugs: SlugMaker) -> MatrixWishes:
        """Rows that are to go, and one without a name that never had one, are left out."""
        return MatrixWishes(
            grades=tuple(_grades([row for row in rows if row["gone"] != YES], slugs)),
            accepts_suggestions=self.accepts_suggestions == YES,
            shows_coverage=self.shows_coverage == YES,
        )


def rows_of(values: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows in the order of their numbers, without empty ones; a button moves one of them by a step."""
    read = ({field: values.get(f"grade-{n}-{field}", "") for field in _FIELDS} for n in range(ROWS_READ))
    rows = [row | {"was": str(n)} for n, row in enumerate(read) if row["key"].strip() or row["name"].strip()]
    rows = sorted(rows, key=lambda row: _number(row["number"], rows.index(row) + 1))
    for button, step in (("up", -1), ("down", 1)):
        place = next((place for place, row in enumerate(rows) if row["was"] == values.get(button)), None)
        if place is not None:
            rows.insert(max(0, place + step), rows.pop(place))
    return rows


def rows_kept(settings: MatrixSettings) -> list[dict[str, str]]:
    return [
        {"key": grade.key, "name": grade.name, "colour": grade.colour, "own": YES if grade.colour else "", "gone": ""}
        for grade in settings.grades
    ]


def grade_rows(rows: Sequence[Mapping[str, str]], form: Form, known: frozenset[str]) -> tuple[GradeRow, ...]:
    """As the form shows them, and an empty one. Errors are counted without rows that go."""
    shown, place = [], 0
    steps = max(1, len(rows) - 1)
    for number, row in enumerate(rows):
        is_gone = row["gone"] == YES
        shown.append(
            GradeRow(
                number=number,
                key=row["key"],
                name=row["name"],
                colour=row["colour"] or FIRST_COLOUR,
                has_colour=row["own"] == YES,
                is_gone=is_gone,
                is_new=row["key"] not in known,
                shade=1 + round((SHADES - 1) * number / steps),
                key_error="" if is_gone else form.error(f"grades-{place}-key"),
                name_error="" if is_gone else form.error(f"grades-{place}-name"),
                colour_error="" if is_gone else form.error(f"grades-{place}-colour"),
            )
        )
        place += not is_gone
    empty = GradeRow(number=len(rows), colour=FIRST_COLOUR, is_new=True)
    return (*shown, empty) if len(rows) < GRADES_MAX else tuple(shown)


def _grades(rows: Sequence[Mapping[str, str]], slugs: SlugMaker) -> Iterator[Grade]:
    taken = {row["key"].strip() for row in rows}
    for row in rows:
        key = row["key"].strip() or _free_key(slugs.make(row["name"]) or "grade", taken)
        taken.add(key)
        colour = row["colour"].strip().lower() if row["own"] == YES else ""
        yield Grade(key=GradeKey(key), name=row["name"], colour=colour)


def _free_key(made: str, taken: set[str]) -> str:
    key, number = made, 1
    while key in taken:
        number += 1
        key = numbered(made, number)
    return key


def _number(typed: str, otherwise: int) -> int:
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else otherwise
