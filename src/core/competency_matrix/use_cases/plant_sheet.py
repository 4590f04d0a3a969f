from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.planting import SheetCode, grown
from core.competency_matrix.sheets import Sheet, new_sheet, sheet_called
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedSheet:
    sheet: Sheet
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantSheet:
    """The operator puts a sheet of a site's folder into the site, behind the others. One that is there, by its address
    or one that it had, gets the sections and subsections that it lacks, and when *overwrite* says so name, description
    and order of the folder. Refused with Invalid or NameTaken."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(self, code: SheetCode, *, overwrite: bool = False) -> PlantedSheet:
        self.access.require(Action.APPLY_SITE)
        found = sheet_called(code.key, await self.sheets.list_sheets())
        blank = found or new_sheet(key=code.key, name=code.name, description=code.description)
        planted = grown(blank, code, overwrite=overwrite or found is None)
        if planted == found:
            return PlantedSheet(sheet=planted, is_changed=False)
        kept = await (self.sheets.save(planted) if found else self.sheets.add(planted))
        await self.transaction.commit()
        return PlantedSheet(sheet=kept, is_changed=True)
