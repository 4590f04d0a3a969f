"""Numbers as pictures that the server draws: places and sizes for SVG, in its own units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

COLUMN = 20
GAP = 6
TALLEST = 72
LEAST = 3
"""A column that stands for something is at least so high: one of three hundred must not vanish."""
ROOM = 2
"""So many columns a year's number takes, beside the one that it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumn:
    """*first* is the month's first day; the column stands at *x*, its head at *y*, on the line at TALLEST. *is_named*:
    the year is written below it."""

    first: date
    count: int
    x: int
    height: int
    is_named: bool = False

    @property
    def y(self) -> int:
        return TALLEST - self.height

    @property
    def width(self) -> int:
        return COLUMN - GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsChart:
    """`partials/months.html`: one column for each month, the oldest first; nothing is drawn without any *total*."""

    columns: tuple[MonthColumn, ...] = ()

    @property
    def total(self) -> int:
        return sum(column.count for column in self.columns)

    @property
    def width(self) -> int:
        return COLUMN * len(self.columns) - GAP

    @property
    def baseline(self) -> int:
        return TALLEST


def months_chart(counts: Mapping[date, int]) -> MonthsChart:
    most = max(counts.values(), default=0)
    columns = (
        MonthColumn(
            first=first, count=count, x=place * COLUMN, height=_height(count, most), is_named=_is_named(first, place)
        )
        for place, (first, count) in enumerate(counts.items())
    )
    return MonthsChart(columns=tuple(columns))


def _is_named(first: date, place: int) -> bool:
    """Each January has its year below it; so has the first column, unless the next year's would touch it."""
    return first.month == 1 or (place == 0 and first.month <= 12 - ROOM)


def _height(count: int, most: int) -> int:
    return max(LEAST, round(TALLEST * count / most)) if count else 0
