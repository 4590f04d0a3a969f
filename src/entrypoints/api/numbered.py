"""Lists by page number, told part by part as all lists of the API are."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.errors import Invalid, NotFound, Problem
from core.pagination import NumberedPage, Slice
from core.text import N_
from entrypoints.api.models import Paging

_CURSOR = re.compile(r"([1-9][0-9]{0,5})x([1-9][0-9]?|100)")
T = TypeVar("T")


async def part_of(paging: Paging, ask: Callable[[int, int], Awaitable[NumberedPage[T]]]) -> Slice[T]:
    """The part that *paging* asks for, from *ask* with number and size. Empty when the list has become too short for
    it meanwhile. Raises Invalid on a cursor that we did not make."""
    number, size = page_asked(paging)
    try:
        page = await ask(number, size)
    except NotFound:
        if number == 1:
            raise
        return Slice(items=(), next_cursor=None)
    return Slice(items=page.items, next_cursor=cursor_after(page))


def page_asked(paging: Paging) -> tuple[int, int]:
    """Number and size. Raises Invalid on a cursor that we did not make."""
    if paging.cursor is None:
        return 1, paging.limit
    found = _CURSOR.fullmatch(paging.cursor)
    if found is None:
        raise Invalid(Problem.of("cursor", N_("Use a cursor that a list of this kind gave.")))
    return int(found[1]), int(found[2])


def cursor_after(page: NumberedPage[T]) -> str | None:
    """It carries the size too, so that another *limit* in between skips nothing."""
    return f"{page.number + 1}x{page.size}" if page.number < page.last else None
