from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.merging import merged
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlaces:
    """An editor makes one of two subsections of a sheet, or of two sections: *gone* and what it holds becomes part of
    *into*. Refused with SheetNotFound, Invalid, StaleVersion, or PlaceNotFound, also for a section and a subsection."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    transaction: Transaction

    async def __call__(self, sheet_id: str, gone: str, into: str, *, expected: int | None = None) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        changed, moves = merged(sheet, gone, into)
        saved = await self.sheets.save(changed)  # first: whoever is adding a question to it is waited for
        for source, target in moves:
            await self.questions.move_all([source], sheet_id=sheet.id, subsection_id=target)
        await self.transaction.commit()
        return saved
