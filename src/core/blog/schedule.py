"""From the clock on a site's wall to an instant, and back, also in the nights when that clock is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import Invalid, Problem
from core.text import N_

FIELD = "publish_at"
FIRST_YEAR = 1970
LAST_YEAR = 3000
_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")
_LONGEST = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class WallTime:
    """An instant as a clock in *zone* shows it: *local* is what one types into a field for date and time, *offset*
    as in UTC+02:00. *is_first_of_two*: the clock shows this time once more an hour later, after it was put back."""

    local: str
    offset: str
    zone: str
    is_first_of_two: bool = False


def instant_of(typed: str, zone: str) -> datetime:
    """The instant (UTC) at which a clock in *zone* shows what was *typed* (2026-10-25T02:30); the first one when it
    shows it twice. Raises Invalid for what is no date and time, or is left out when clocks go forward."""
    wall = _parsed(typed.strip())
    local = wall.replace(tzinfo=ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(local.tzinfo).replace(tzinfo=None) != wall:
        raise Invalid(_gap(wall, zone))
    return instant


def wall_time(instant: datetime, zone: str) -> WallTime:
    local = instant.astimezone(ZoneInfo(zone))
    return WallTime(
        local=local.replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes"),
        offset=f"UTC{local.replace(second=0, microsecond=0).isoformat(timespec='minutes')[16:]}",
        zone=zone,
        is_first_of_two=local.fold == 0 and local.utcoffset() != local.replace(fold=1).utcoffset(),
    )


def _parsed(typed: str) -> datetime:
    for form in _FORMATS:
        try:
            wall = datetime.strptime(typed[: _LONGEST + 1], form)  # noqa: DTZ007 - a clock on a wall knows no zone
        except ValueError:
            continue
        if FIRST_YEAR <= wall.year < LAST_YEAR:
            return wall
    words = N_("Give a date and a time, such as 2026-11-23 08:00, in a year from %(first)d to %(last)d.")
    raise Invalid(Problem.of(FIELD, words, first=FIRST_YEAR, last=LAST_YEAR - 1))


def _gap(wall: datetime, zone: str) -> Problem:
    """What the clock leaves out around *wall*: before the gap it keeps the offset of fold 0, behind it that of 1."""
    local = wall.replace(tzinfo=ZoneInfo(zone))
    before, after = (local.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    change = _change_between((wall - after).replace(tzinfo=UTC), (wall - before).replace(tzinfo=UTC), zone, before)
    words = N_("On that day the clocks of %(zone)s go forward from %(start)s to %(end)s: choose a time outside of it.")
    start, end = (f"{(change + offset):%H:%M}" for offset in (before, after))
    return Problem.of(FIELD, words, zone=zone, start=start, end=end)


def _change_between(low: datetime, high: datetime, zone: str, before: timedelta) -> datetime:
    """The instant at which the offset ceases to be *before*; zones change on whole seconds."""
    there = ZoneInfo(zone)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(there).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
