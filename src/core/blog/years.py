"""A year as a site counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
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
