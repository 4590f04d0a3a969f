from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.layout import Band, Tally, laid_out, tally
from core.competency_matrix.sheets import Sheet, sheet_called
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSheet:
    """*bands* hold the questions of the choice, as grid and list show them; *tally* counts all of the sheet. *sheets*
    are those that one can change to, this one among them. The address in use is that of *sheet*."""

    sheet: Sheet
    sheets: Sequence[Sheet]
    settings: MatrixSettings
    bands: Sequence[Band]
    tally: Tally

    @property
    def shown(self) -> int:
        return sum(len(band.cards) for band in self.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSheet:
    """Anybody looks through a sheet, all of it or a choice, in the language *lang* where a question has it. Found by
    its present address or one that it had. Refused with SheetNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, key: str, choice: Choice | None = None, *, lang: str) -> ShownSheet:
        self.access.require(Action.READ_MATRIX)
        sheets = await self.sheets.list_sheets()
        sheet = sheet_called(key, sheets)
        if sheet is None:
            raise SheetNotFound
        settings, now = await self.sheets.settings(), self.clock.now()
        wanted = (choice or Choice()).filter(now=now, sheet_id=sheet.id)
        cards = await self.questions.list_cards(wanted, lang=lang)
        counts = await self.questions.count_cells(now=now)
        return ShownSheet(
            sheet=sheet,
            sheets=sheets,
            settings=settings,
            bands=laid_out(sheet, cards, settings),
            tally=tally(count for count in counts if count.sheet_id == sheet.id),
        )
