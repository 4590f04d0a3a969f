from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.errors import NotEmpty, PlaceNotFound
from core.competency_matrix.sheets import Sheet, sheet_with
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletePlace:
    """An editor deletes a section or subsection; its questions, those in the trash too, go to the subsection *into* of
    this or another sheet. Refused with SheetNotFound, StaleVersion, PlaceNotFound, or NotEmpty when it has questions
    and *into* is not given."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    transaction: Transaction

    async def __call__(
        self, sheet_id: str, place_id: str, *, into: str | None = None, expected: int | None = None
    ) -> Sheet:
        self.access.require(Action.EDIT_SHEETS)
        sheet = await self.sheets.get(sheet_id)
        if expected is not None and expected != sheet.version:
            raise StaleVersion(current=sheet.version)
        left = sheet.without(place_id)
        within = [one.id for one in sheet.subsections if one not in left.subsections]
        saved = await self.sheets.save(left)  # first: whoever is adding a question to it is waited for
        count = await self.questions.count_in(within)
        if count and into is None:
            raise NotEmpty(count=count)
        if into is not None:
            others = [one for one in await self.sheets.list_sheets() if one.id != sheet.id]
            target = sheet_with(into, [left, *others])
            if target is None:
                raise PlaceNotFound
            if target.id != sheet.id:
                await self.sheets.save(target)  # who deletes that place at this moment is told
            await self.questions.move_all(within, sheet_id=target.id, subsection_id=into)
        await self.transaction.commit()
        return saved
