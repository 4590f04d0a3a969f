from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSubsection:
    """An editor puts a subsection, with all its questions, at the end of another section, of this or another sheet.
    *expected* is the version of the sheet that it leaves, which is returned. Refused with SheetNotFound, PlaceNotFound,
    NameTaken, Invalid or StaleVersion."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    transaction: Transaction

    async def __call__(
        self,
        sheet_id: str,
        subsection_id: str,
        *,
        section_id: str,
        to_sheet_id: str | None = None,
        expected: int | None = None,
    ) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        subsection = sheet.subsection(subsection_id)
        if to_sheet_id is None or to_sheet_id == sheet.id:
            saved = await self.sheets.save(sheet.without(subsection_id).with_moved(subsection, section_id))
        else:
            target = (await self.sheets.get(to_sheet_id)).with_moved(subsection, section_id)
            # By id: two who move in opposite directions wait for each other's commit only, never for each other.
            both = sorted((target, sheet.without(subsection_id)), key=lambda one: one.id)
            kept = {one.id: await self.sheets.save(one) for one in both}
            saved = kept[sheet.id]
            await self.questions.settle([subsection_id], sheet_id=target.id)
        await self.transaction.commit()
        return saved
