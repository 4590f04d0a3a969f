from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.layout import Tally, tally
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSheet:
    """*tally* counts what visitors can read."""

    sheet: Sheet
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    sheets: Sequence[CountedSheet]
    settings: MatrixSettings
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMatrix:
    """Anybody sees which sheets there are, in their order, and how many questions of each grade they have."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self) -> Overview:
        self.access.require(Action.READ_MATRIX)
        sheets = await self.sheets.list_sheets()
        counts = await self.questions.count_cells(now=self.clock.now())
        counted = [
            CountedSheet(sheet=sheet, tally=tally(count for count in counts if count.sheet_id == sheet.id))
            for sheet in sheets
        ]
        return Overview(sheets=counted, settings=await self.sheets.settings(), tally=tally(counts))
