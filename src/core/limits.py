"""How often somebody may try something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most *times* in any window of *seconds*; *name* keeps the counters of different limits apart."""

    name: str
    times: int
    seconds: int


class RateLimiter(Protocol):
    """Counts per site, shared by all workers and nodes."""

    async def hit(self, limit: Limit, subject: str) -> None:
        """Count one try by *subject* (an account, a client), in a transaction of its own that stays.

        Raises TooMany when the limit was used up before this try.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Where a request comes from: a *key* that stands for the address (IPv6 by /64), never the address."""

    key: str
    user_agent: str = ""
