from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.coverage import SheetCoverage, coverage_of
from core.competency_matrix.errors import CoverageHidden
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    sheets: Sequence[SheetCoverage]
    settings: MatrixSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCoverage:
    """Whoever has a desk here, and where the owner wishes so anybody, sees how many questions, and how much evidence,
    the sections have by grade. Refused with CoverageHidden."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self) -> Coverage:
        self.access.require(Action.READ_MATRIX)
        settings = await self.sheets.settings()
        if not settings.shows_coverage and not self.access.can(Action.OPEN_DESK):
            raise CoverageHidden
        counts = await self.questions.count_cells(now=self.clock.now())
        sheets = await self.sheets.list_sheets()
        return Coverage(sheets=[coverage_of(sheet, counts, settings) for sheet in sheets], settings=settings)
