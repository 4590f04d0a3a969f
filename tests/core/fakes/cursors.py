from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from core.errors import Invalid, Problem
from core.pagination import Slice

T = TypeVar("T")


def after(items: Sequence[T], cursor: str | None, *, limit: int, key: Callable[[T], tuple[datetime, str]]) -> Slice[T]:
    """The part of *items* (sorted by *key*, downwards) behind *cursor*, which is the last key that was seen."""
    seen = _read(cursor) if cursor is not None else None
    rest = [item for item in items if seen is None or key(item) < seen]
    following = "|".join((key(rest[limit - 1])[0].isoformat(), key(rest[limit - 1])[1])) if len(rest) > limit else None
    return Slice(items=list(rest[:limit]), next_cursor=following)


def _read(cursor: str) -> tuple[datetime, str]:
    at, _, last = cursor.partition("|")
    try:
        return datetime.fromisoformat(at), last
    except ValueError:
        raise Invalid(Problem.of("cursor", "This is not a place in the list.")) from None
