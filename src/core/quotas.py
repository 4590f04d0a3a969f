"""How much of the API somebody may use in a while. Unlike a Limit a quota is told in advance, and counted roughly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SHARES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """At most *times* requests in *seconds*; *name* keeps the counts of different quotas apart."""

    name: str
    times: int
    seconds: int = 60

    @property
    def share(self) -> int:
        """How many requests a process counts by itself before it tells the others."""
        return max(1, self.times // SHARES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What is *left* of *quota* until it is whole again in *seconds*; *is_over* when not even this request was."""

    quota: Quota
    left: int
    seconds: int
    is_over: bool = False


class Quotas(Protocol):
    """This site's counts, shared by all workers and nodes."""

    async def spend(self, quota: Quota, subject: str) -> Spent:
        """Count one request of *subject* (a token, a client, the site) against *quota*.

        Each process counts in memory and asks the others once in so many requests: as long as somebody is far from her
        quota that costs no query. So *left* is what this process knows, and with several of them somebody gets more
        than her quota by one share each at most.
        """
        ...
