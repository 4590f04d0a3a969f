"""Clocks on walls, also when they are changed."""

from datetime import UTC, datetime

import pytest

from core.blog.schedule import FIELD, instant_of, wall_time
from core.errors import Invalid, Problem

STOCKHOLM = "Europe/Stockholm"


def problem_of(typed: str, zone: str) -> Problem:
    with pytest.raises(Invalid) as refused:
        instant_of(typed, zone)
    (problem,) = refused.value.problems
    assert problem.field == FIELD
    return problem


@pytest.mark.parametrize(
    ("typed", "zone", "instant"),
    [
        ("2026-01-15T08:00", STOCKHOLM, datetime(2026, 1, 15, 7, tzinfo=UTC)),
        ("2026-07-15T08:00:30", STOCKHOLM, datetime(2026, 7, 15, 6, 0, 30, tzinfo=UTC)),
        (" 2026-03-29T01:59 ", STOCKHOLM, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", STOCKHOLM, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("2026-10-25T02:30", STOCKHOLM, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T03:00", STOCKHOLM, datetime(2026, 10, 25, 2, tzinfo=UTC)),
        ("2026-03-29T02:30", "Asia/Tbilisi", datetime(2026, 3, 28, 22, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", "UTC", datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
)
def test_what_the_clock_shows_is_an_instant(typed: str, zone: str, instant: datetime) -> None:
    assert instant_of(typed, zone) == instant


@pytest.mark.parametrize(
    ("typed", "zone", "start", "end"),
    [
        ("2026-03-29T02:00", STOCKHOLM, "02:00", "03:00"),
        ("2026-03-29T02:59", STOCKHOLM, "02:00", "03:00"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "02:00", "02:30"),
        ("2011-12-30T12:00", "Pacific/Apia", "00:00", "00:00"),
    ],
)
def test_a_time_that_clocks_leave_out_is_refused_with_the_gap(typed: str, zone: str, start: str, end: str) -> None:
    assert problem_of(typed, zone).params == {"zone": zone, "start": start, "end": end}


@pytest.mark.parametrize(
    "typed",
    [
        *("", "tomorrow", "2026-11-23", "2026-11-23T25:00", "2026-02-30T10:00", "1969-12-31T23:59", "3000-01-01T00:00"),
        *("9999-12-31T23:59", "0001-01-01T00:00", "2026-11-23T08:00+01:00", "2026-11-23T08:00" * 10_000),
    ],
)
def test_what_is_no_date_and_time_is_refused(typed: str) -> None:
    assert problem_of(typed, STOCKHOLM).params == {"first": 1970, "last": 2999}


def test_an_instant_is_shown_with_its_offset() -> None:
    winter, summer = (wall_time(datetime(2026, month, 15, 7, 0, 59, tzinfo=UTC), STOCKHOLM) for month in (1, 7))

    assert (winter.local, winter.offset, winter.zone) == ("2026-01-15T08:00", "UTC+01:00", STOCKHOLM)
    assert (summer.local, summer.offset) == ("2026-07-15T09:00", "UTC+02:00")
    assert wall_time(datetime(2026, 1, 15, 7, tzinfo=UTC), "UTC").offset == "UTC+00:00"


def test_a_time_that_comes_twice_is_said_to_be_the_first() -> None:
    first, second = (wall_time(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), STOCKHOLM) for hour in (0, 1))

    assert (first.local, first.offset, first.is_first_of_two) == ("2026-10-25T02:30", "UTC+02:00", True)
    assert (second.local, second.offset, second.is_first_of_two) == ("2026-10-25T02:30", "UTC+01:00", False)
    assert not wall_time(datetime(2026, 3, 29, 1, tzinfo=UTC), STOCKHOLM).is_first_of_two


def test_there_and_back_is_the_same_all_year() -> None:
    for day in range(1, 29):
        for month in (3, 10):
            typed = f"2026-{month:02}-{day:02}T08:15"
            assert wall_time(instant_of(typed, STOCKHOLM), STOCKHOLM).local == typed
