from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSubsection:
    """An editor adds a subsection at the end of a section. Refused with SheetNotFound, PlaceNotFound, Invalid,
    NameTaken or StaleVersion."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(self, sheet_id: str, section_id: str, name: str, *, expected: int | None = None) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        changed = sheet.with_subsection(section_id, name)
        saved = await self.sheets.save(changed)
        await self.transaction.commit()
        return saved
