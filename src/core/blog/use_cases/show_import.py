from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.import_runs import Import, ImportId, ImportStorage, NumberedLine
from core.blog.imports import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownImport:
    """*lines* are a part of the report; *next_after* is where the following part begins, None at the end."""

    one: Import
    lines: Sequence[NumberedLine]
    next_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowImport:
    """The owner sees how far an import is, and what its report says: all of it, or the lines of one *outcome*, behind
    the line *after*. Refused with ImportNotFound."""

    access: Access
    imports: ImportStorage

    async def __call__(
        self, import_id: ImportId, *, outcome: Outcome | None = None, after: int = 0, limit: int = 0
    ) -> ShownImport:
        self.access.require(Action.IMPORT_CONTENT)
        one = await self.imports.get(import_id)
        if not limit:
            return ShownImport(one=one, lines=(), next_after=None)
        found = await self.imports.list_lines(import_id, outcome=outcome, after=after, limit=limit + 1)
        lines, has_more = found[:limit], len(found) > limit
        return ShownImport(one=one, lines=lines, next_after=lines[-1].number if has_more else None)
