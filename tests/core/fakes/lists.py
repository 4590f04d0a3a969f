from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from core.errors import Invalid, Problem
from core.pagination import Slice

T = TypeVar("T")
Place = Callable[[T], tuple[datetime, str]]


def sliced(items: Sequence[T], place: Place[T], *, limit: int, cursor: str | None) -> Slice[T]:
    """The part of *items* after *cursor*, the place of the last one shown; newest first."""
    before = _read(cursor) if cursor is not None else None
    ordered = sorted(items, key=place, reverse=True)
    rest = [item for item in ordered if before is None or place(item) < before]
    has_more = len(rest) > limit
    return Slice(items=rest[:limit], next_cursor=_written(*place(rest[limit - 1])) if has_more else None)


def _written(at: datetime, key: str) -> str:
    return f"{at.isoformat()} {key}"


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        at, key = cursor.split(" ")
        return datetime.fromisoformat(at), key
    except ValueError:
        raise Invalid(Problem.of("cursor", "This is not a place in the list.")) from None
