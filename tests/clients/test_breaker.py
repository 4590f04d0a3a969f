import pytest

from clients.breaker import Breaker
from core.errors import Unavailable


class Watch:
    """Time that a test sets."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def breaker(watch: Watch) -> Breaker:
    return Breaker(rest=2.0, now=watch)


def test_while_all_is_well_everybody_comes_in(breaker: Breaker) -> None:
    for _ in range(3):
        breaker.admit()
    assert not breaker.is_open


def test_after_a_failure_all_are_refused_for_a_while(breaker: Breaker, watch: Watch) -> None:
    breaker.admit()
    breaker.failed()
    watch.seconds += 0.5

    assert breaker.is_open
    with pytest.raises(Unavailable) as refused:
        breaker.admit()
    assert refused.value.retry_after == 2


def test_then_one_tries_and_the_others_wait_for_her(breaker: Breaker, watch: Watch) -> None:
    breaker.failed()
    watch.seconds += 2.0

    breaker.admit()
    assert breaker.is_open
    with pytest.raises(Unavailable) as refused:
        breaker.admit()
    assert refused.value.retry_after == 1


def test_when_she_succeeds_all_come_in(breaker: Breaker, watch: Watch) -> None:
    breaker.failed()
    watch.seconds += 2.0
    breaker.admit()
    breaker.succeeded()

    breaker.admit()
    breaker.admit()


def test_when_she_fails_all_wait_again(breaker: Breaker, watch: Watch) -> None:
    breaker.failed()
    watch.seconds += 2.0
    breaker.admit()
    breaker.failed()

    with pytest.raises(Unavailable):
        breaker.admit()


def test_when_she_leaves_the_next_one_tries(breaker: Breaker, watch: Watch) -> None:
    breaker.failed()
    watch.seconds += 2.0
    breaker.admit()
    breaker.left()

    breaker.admit()
    assert breaker.is_open
