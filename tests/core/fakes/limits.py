from collections import defaultdict
from datetime import datetime, timedelta
from math import ceil

from core.clock import Clock
from core.errors import TooMany
from core.limits import Limit


class MemoryLimiter:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.hits: dict[tuple[str, str], list[datetime]] = defaultdict(list)

    async def hit(self, limit: Limit, subject: str) -> None:
        now, window = self.clock.now(), timedelta(seconds=limit.seconds)
        recent = [hit for hit in self.hits[limit.name, subject] if hit > now - window]
        if len(recent) >= limit.times:
            raise TooMany(retry_after=ceil((recent[0] + window - now).total_seconds()))
        self.hits[limit.name, subject] = [*recent, now]
