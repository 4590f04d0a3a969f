from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet, new_sheet
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSheet:
    """An editor begins an empty sheet behind the others. Refused with Invalid or KeyTaken."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(self, *, key: str, name: str, description: str = "") -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.add(new_sheet(key=key.strip(), name=name, description=description))
        await self.transaction.commit()
        return sheet
