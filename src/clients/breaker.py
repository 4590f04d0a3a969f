"""Who was silent a moment ago is not asked by everybody again at once."""

import math
import time
from collections.abc import Callable

from core.errors import Unavailable


class Breaker:
    """After a failure, *rest* seconds of refusing at once; then one trial at a time until one succeeds."""

    def __init__(self, rest: float = 2.0, now: Callable[[], float] = time.monotonic) -> None:
        self._rest = rest
        self._now = now
        self._failed_at: float | None = None
        self._is_trying = False

    @property
    def is_open(self) -> bool:
        """Whether the next one would be refused."""
        return self._failed_at is not None and (self._is_trying or self._remaining(self._failed_at) > 0)

    def admit(self) -> None:
        """Let one through, who then has to call succeeded, failed or left. Raises Unavailable."""
        if self._failed_at is None:
            return
        if self.is_open:
            raise Unavailable(retry_after=max(1, math.ceil(self._remaining(self._failed_at))))
        self._is_trying = True

    def succeeded(self) -> None:
        self._failed_at, self._is_trying = None, False

    def failed(self) -> None:
        self._failed_at, self._is_trying = self._now(), False

    def left(self) -> None:
        """Given up for a reason of one's own: nothing was learnt."""
        self._is_trying = False

    def _remaining(self, failed_at: float) -> float:
        return failed_at + self._rest - self._now()
