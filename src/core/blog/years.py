"""Years and months as a site counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.blog.errors import PostNotFound

FIRST, LAST = 2, 9998
"""Beyond them a moment of another time zone cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """From midnight to midnight in *time_zone*. Raises PostNotFound for a number that no year has."""

    number: int
    time_zone: str

    def __post_init__(self) -> None:
        if not FIRST <= self.number <= LAST:
            raise PostNotFound

    @property
    def since(self) -> datetime:
        return self._new_year(self.number)

    @property
    def until(self) -> datetime:
        return self._new_year(self.number + 1)

    def _new_year(self, number: int) -> datetime:
        return datetime(number, 1, 1, tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)


def last_months(count: int, *, now: datetime, time_zone: str) -> tuple[date, ...]:
    """The first days of the present month and of those before it, *count* in all, the oldest first."""
    today = now.astimezone(ZoneInfo(time_zone))
    present = today.year * 12 + today.month - 1
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(present - count + 1, present + 1))


def month_begins(month: date, *, time_zone: str) -> datetime:
    """The moment at which it begins there, in UTC."""
    return datetime(month.year, month.month, 1, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
