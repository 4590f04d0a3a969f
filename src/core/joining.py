"""Two texts that began as one become one again."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

LINES_COMPARED = 20_000
"""Longer texts are not joined by us: then people choose."""


class Clash(Exception):
    """Both changed the same place, and not alike."""


def join_lines(base: str, theirs: str, ours: str) -> str:
    """The changes of both to *base*, line by line. Raises Clash."""
    begun, other, mine = (text.splitlines(keepends=True) for text in (base, theirs, ours))
    if max(len(begun), len(other), len(mine)) > LINES_COMPARED:
        raise Clash
    joined: list[str] = []
    places = (0, 0, 0)
    for region in _shared_regions(begun, other, mine):
        starts, size = region[:3], region[3]
        parts = [lines[place:start] for lines, place, start in zip((begun, other, mine), places, starts, strict=True)]
        joined += _chosen(*parts)
        joined += begun[starts[0] : starts[0] + size]
        places = (starts[0] + size, starts[1] + size, starts[2] + size)
    return "".join(joined)


def _chosen(begun: list[str], other: list[str], mine: list[str]) -> list[str]:
    if other in (begun, mine):
        return mine
    if mine == begun:
        return other
    raise Clash


def _shared_regions(begun: list[str], other: list[str], mine: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where all three are the same: the place in each, and how many lines; at last their ends."""
    left = SequenceMatcher(None, begun, other).get_matching_blocks()
    right = SequenceMatcher(None, begun, mine).get_matching_blocks()
    one = two = 0
    while one < len(left) and two < len(right):
        a, b = left[one], right[two]
        start, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if start < end:
            yield start, a.b + start - a.a, b.b + start - b.a, end - start
        if a.a + a.size < b.a + b.size:
            one += 1
        else:
            two += 1
    yield len(begun), len(other), len(mine), 0
