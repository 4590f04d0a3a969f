"""Whether an address on the web still answers."""

from __future__ import annotations

from typing import Protocol


class LinkChecker(Protocol):
    async def check(self, url: str) -> str:
        """Empty when *url* answers, also by way of other addresses; else in a word what is wrong: the status ("404"),
        "timeout", "unreachable", "certificate", "private".

        Never contacts a private, loopback or link-local address, whatever names or redirects lead there, and reads no
        more than the head of an answer. Takes 15 seconds at most; raises nothing.
        """
        ...
