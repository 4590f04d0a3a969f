"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate

EFFORT = 2_000_000
"""How many pairs of pieces are compared at most; what would take more is shown as replaced whole."""
_CAREFUL = 250_000
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class ChangeKind(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """*field* of a text was *old* and is *new*, as words; *changes* lead from the one to the other, and are empty for
    what is replaced whole."""

    field: str
    old: str
    new: str
    changes: Sequence[Change] = ()


class Effort:
    """What is *left* of the pairs that may be compared."""

    def __init__(self, left: int = EFFORT) -> None:
        self.left = left

    def allows(self, cost: int) -> bool:
        """Whether that much can be paid; then it is."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


def word_diff(old: str, new: str, *, effort: Effort | None = None) -> Sequence[Change]:
    """The way from *old* to *new*: what is equal or deleted makes *old*, what is equal or inserted makes *new*.

    Lines are compared first, and words only where lines were replaced. The time it takes is bounded for any two texts.
    """
    return tuple(_readable(_of_lines(_LINE.findall(old), _LINE.findall(new), effort or Effort())))


_Piece = tuple[str, str]
"""What of the old text, and what of the new one stands there."""


def _of_lines(old: list[str], new: list[str], effort: Effort) -> Iterator[_Piece]:
    for before, after in _pieces(old, new, effort):
        if not before or not after or before == after:
            yield before, after
            continue
        lines = _LINE.findall(before), _LINE.findall(after)
        pairs = zip(*lines, strict=True) if len(lines[0]) == len(lines[1]) else [(before, after)]
        for line, other in pairs:
            yield from _pieces(_WORD.findall(line), _WORD.findall(other), effort)


def _pieces(old: list[str], new: list[str], effort: Effort) -> Iterator[_Piece]:
    """Runs that are the same in both, and what stands between them."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    head, tail = "".join(old[:start]), "".join(old[len(old) - end :])
    yield head, head
    here = there = 0
    for at, opposite, size in _blocks(inner_old, inner_new, effort):
        yield "".join(inner_old[here:at]), "".join(inner_new[there:opposite])
        here, there = at + size, opposite + size
        same = "".join(inner_old[at:here])
        yield same, same
    yield "".join(inner_old[here:]), "".join(inner_new[there:])
    yield tail, tail


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pieces both begin with."""
    for number, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            return number
    return min(len(old), len(new))


def _blocks(old: list[str], new: list[str], effort: Effort) -> list[tuple[int, int, int]]:
    """Equal runs as (place in *old*, place in *new*, length), in their order: as difflib finds them, but each search
    is paid for before it is made."""
    matcher, costs = _matcher(old, new)
    found = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        low, high, new_low, new_high = waiting.pop()
        if low == high or new_low == new_high or not effort.allows(costs[high] - costs[low]):
            continue
        match = matcher.find_longest_match(low, high, new_low, new_high)
        if match.size:
            found.append((match.a, match.b, match.size))
            waiting.append((match.a + match.size, high, match.b + match.size, new_high))
            waiting.append((low, match.a, new_low, match.b))
    return sorted(found)


def _matcher(old: list[str], new: list[str]) -> tuple[SequenceMatcher[str], list[int]]:
    """With what a search costs up to each place of *old*. Pieces that are everywhere are not looked for, only met,
    when looking for all would be dear."""
    counts = Counter(new)
    costs = _costs(old, counts)
    if costs[-1] <= _CAREFUL:
        return SequenceMatcher(None, old, new, autojunk=False), costs
    most = len(new) // 100 + 1
    rare = Counter({piece: count for piece, count in counts.items() if count <= most})
    matcher = SequenceMatcher(lambda piece: piece not in rare, old, new, autojunk=False)
    return matcher, _costs(old, rare)


def _costs(old: list[str], counts: Counter[str]) -> list[int]:
    return list(accumulate((1 + counts[piece] for piece in old), initial=0))


def _readable(pieces: Iterable[_Piece]) -> Iterator[Change]:
    """What changed in a row is told at once, first what went, then what came; blanks between two changes do not
    interrupt it."""
    gone = come = same = ""
    for before, after in pieces:
        if before == after:
            same += before
            continue
        if same.isspace() and "\n" not in same and (gone or come):
            gone += same
            come += same
        elif same:
            yield from _told(gone, come, same)
            gone = come = ""
        same = ""
        gone += before
        come += after
    yield from _told(gone, come, same)


def _told(gone: str, come: str, same: str) -> Iterator[Change]:
    for kind, text in ((ChangeKind.DELETE, gone), (ChangeKind.INSERT, come), (ChangeKind.EQUAL, same)):
        if text:
            yield Change(kind=kind, text=text)
