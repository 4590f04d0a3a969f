from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.merging import merged
from core.competency_matrix.sheets import Sheet, sheet_holding
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlaces:
    """An editor makes one of two subsections, or of two sections: *gone* and what it holds becomes part of *into*, in
    the same sheet or another. The sheet that it left is returned. Refused with SheetNotFound, Invalid, StaleVersion, or
    PlaceNotFound, also for a section and a subsection."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    transaction: Transaction

    async def __call__(self, sheet_id: str, gone: str, into: str, *, expected: int | None = None) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        other = None if sheet.holds(into) else sheet_holding(into, await self.sheets.list_sheets())
        one = merged(sheet, gone, into, other=other)
        # First, so that whoever is adding a question is waited for; by id, so that two never wait for each other.
        both = sorted({one.left.id: one.left, one.grown.id: one.grown}.values(), key=lambda each: each.id)
        kept = {each.id: await self.sheets.save(each) for each in both}
        for source, target in one.moves:
            await self.questions.move_all([source], sheet_id=one.grown.id, subsection_id=target)
        if one.came and one.grown.id != sheet.id:
            await self.questions.settle(one.came, sheet_id=one.grown.id)
        await self.transaction.commit()
        return kept[sheet.id]
