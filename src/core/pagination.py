"""Lists that end somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[T]):
    """A part of a list by cursor: *next_cursor* is opaque and None at the end."""

    items: Sequence[T]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPage(Generic[T]):
    """A part of a list by page number (from 1), with the count of all that match."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def is_out_of_range(self) -> bool:
        return self.number > self.last
