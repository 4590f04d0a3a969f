from datetime import UTC, datetime, timedelta

import pytest

from core.tasks import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, Task, TaskId, TaskKind, next_attempt

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def tried(attempts: int) -> Task:
    return Task(id=TaskId(1), kind=TaskKind.DELETE_FILES, subject="", due_at=NOW, created_at=NOW, attempts=attempts)


def pause(attempts: int, chance: float = 0.5) -> timedelta:
    found = next_attempt(tried(attempts), now=NOW, chance=chance)
    assert found is not None
    return found - NOW


def test_pauses_grow_and_stay_below_the_longest() -> None:
    pauses = [pause(attempts) for attempts in range(1, MOST_ATTEMPTS)]

    assert pauses[:3] == [FIRST_PAUSE, 4 * FIRST_PAUSE, 16 * FIRST_PAUSE]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_what_failed_together_does_not_come_back_together() -> None:
    assert pause(1, chance=0.0) == 0.8 * FIRST_PAUSE
    assert pause(1, chance=1.0) == 1.2 * FIRST_PAUSE


@pytest.mark.parametrize("attempts", [MOST_ATTEMPTS, MOST_ATTEMPTS + 1])
def test_after_the_last_attempt_there_is_no_other(attempts: int) -> None:
    assert next_attempt(tried(attempts), now=NOW, chance=0.5) is None
