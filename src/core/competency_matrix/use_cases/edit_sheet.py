from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSheet:
    """An editor gives a sheet another address, name or description; its old address leads to it. Refused with
    SheetNotFound, Invalid, KeyTaken or StaleVersion."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(
        self, sheet_id: str, *, key: str, name: str, description: str = "", expected: int | None = None
    ) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        changed = sheet.described(key=key.strip(), name=name, description=description)
        if changed == sheet:
            return sheet
        saved = await self.sheets.save(changed)
        await self.transaction.commit()
        return saved
