from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet, new_sheet
from core.competency_matrix.structure import SheetStorage
from core.slugs import SlugMaker, numbered, slug_problem
from core.transaction import Transaction

FALLBACK_KEY = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSheet:
    """An editor begins an empty sheet behind the others. Without a *key* it gets one from its name. Refused with
    Invalid or KeyTaken."""

    access: Access
    sheets: SheetStorage
    slugs: SlugMaker
    transaction: Transaction

    async def __call__(self, *, name: str, key: str = "", description: str = "") -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        key = key.strip() or await self._free_key(name)
        sheet = await self.sheets.add(new_sheet(key=key, name=name, description=description))
        await self.transaction.commit()
        return sheet

    async def _free_key(self, name: str) -> str:
        taken = {sheet.key for sheet in await self.sheets.list_sheets()}
        made = self.slugs.make(name)
        base = made if slug_problem(made) is None else numbered(FALLBACK_KEY, len(taken) + 1)
        key, number = base, 1
        while key in taken:
            number += 1
            key = numbered(base, number)
        return key
