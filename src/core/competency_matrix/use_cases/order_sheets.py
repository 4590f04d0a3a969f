from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSheets:
    """An editor puts the sheets in the order of *sheet_ids*; *expected* is the order that she saw. Refused with
    OrderChanged when that does not stand any more."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(self, sheet_ids: Sequence[str], *, expected: Sequence[str]) -> None:
        self.access.require(Action.EDIT_SHEETS)
        await self.sheets.order(sheet_ids, expected=expected)
        await self.transaction.commit()
