"""Two texts that began as one become one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any

from core.blog.texts import PostText

LINES_COMPARED = 20_000
"""Longer texts are not joined by us: then people choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """*text* has the changes of both where they do not meet, and ours in those fields that *clashes* names."""

    text: PostText
    clashes: frozenset[str] = frozenset()


class _Clash(Exception):
    """Both changed the same place, and not alike."""


def merge(base: PostText | None, theirs: PostText, ours: PostText) -> Merge:
    """*base* is what both began from; without one every field that differs is a clash."""
    joined: dict[str, Any] = {}
    clashes = set()
    for name in (field.name for field in fields(PostText)):
        mine, other = getattr(ours, name), getattr(theirs, name)
        try:
            joined[name] = mine if mine == other else _joined(name, base, other, mine)
        except _Clash:
            clashes.add(name)
    return Merge(text=replace(ours, **joined), clashes=frozenset(clashes))


def _joined(name: str, base: PostText | None, theirs: Any, ours: Any) -> Any:
    if base is None:
        raise _Clash
    begun = getattr(base, name)
    if ours == begun:
        return theirs
    if theirs == begun:
        return ours
    if name == "body":
        return join_bodies(begun, theirs, ours)
    if name == "tags":
        gone = {tag for tag in begun if tag not in ours}
        return tuple(dict.fromkeys(tag for tag in (*theirs, *ours) if tag not in gone and _is_kept(tag, begun, theirs)))
    raise _Clash


def _is_kept(tag: str, begun: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return tag in theirs or tag not in begun


def join_bodies(base: str, theirs: str, ours: str) -> str:
    """Line by line. Raises _Clash."""
    begun, other, mine = (text.splitlines(keepends=True) for text in (base, theirs, ours))
    if max(len(begun), len(other), len(mine)) > LINES_COMPARED:
        raise _Clash
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
    raise _Clash


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
