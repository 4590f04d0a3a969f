from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheets:
    """Anybody sees which sheets there are, in their order, with their sections and subsections."""

    access: Access
    sheets: SheetStorage

    async def __call__(self) -> Sequence[Sheet]:
        self.access.require(Action.READ_MATRIX)
        return await self.sheets.list_sheets()
