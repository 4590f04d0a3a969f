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
    or one that it had, stays as the owner made it, unless *overwrite* says so: then it is called and ordered as in the
    folder, and what it has besides stays behind that. Refused with Invalid."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(self, code: SheetCode, *, overwrite: bool = False) -> PlantedSheet:
        self.access.require(Action.APPLY_SITE)
        found = sheet_called(code.key, await self.sheets.list_sheets())
        if found is not None and not overwrite:
            return PlantedSheet(sheet=found, is_changed=False)
        planted = grown(found or new_sheet(key=code.key, name=code.name), code)
        if planted == found:
            return PlantedSheet(sheet=planted, is_changed=False)
        kept = await (self.sheets.save(planted) if found else self.sheets.add(planted))
        await self.transaction.commit()
        return PlantedSheet(sheet=kept, is_changed=True)
