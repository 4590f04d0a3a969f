from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaces:
    """An editor puts the sections of a sheet, or the subsections of its *section_id*, in the order of *place_ids*. Of
    two that do it at once the second is refused with StaleVersion; refused also with SheetNotFound, PlaceNotFound, or
    OrderChanged when these are not the ones there are."""

    access: Access
    sheets: SheetStorage
    transaction: Transaction

    async def __call__(
        self, sheet_id: str, place_ids: Sequence[str], *, section_id: str | None = None, expected: int | None = None
    ) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        changed = sheet.ordered(place_ids) if section_id is None else sheet.ordered_within(section_id, place_ids)
        if changed == sheet:
            return sheet
        saved = await self.sheets.save(changed)
        await self.transaction.commit()
        return saved
