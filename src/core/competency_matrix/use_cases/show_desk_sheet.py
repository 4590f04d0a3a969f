from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.layout import Band, laid_out
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSheet:
    """*bands* hold the questions of every status, as far as the actor sees them."""

    sheet: Sheet
    sheets: Sequence[Sheet]
    settings: MatrixSettings
    bands: Sequence[Band]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDeskSheet:
    """Members see a sheet with questions of every status in their cells, those who write only their own. Refused with
    SheetNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, sheet_id: str, choice: Choice | None = None, *, lang: str) -> DeskSheet:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        sheets = await self.sheets.list_sheets()
        sheet = next((one for one in sheets if one.id == sheet_id), None)
        if sheet is None:
            raise SheetNotFound
        wanted = replace(
            (choice or Choice()).filter(now=self.clock.now(), sheet_id=sheet.id),
            status=None,
            scope=self.access.scope(Action.READ_UNPUBLISHED_QUESTION),
            viewer=self.access.actor.user_id,
        )
        settings = await self.sheets.settings()
        cards = await self.questions.list_cards(wanted, lang=lang)
        return DeskSheet(sheet=sheet, sheets=sheets, settings=settings, bands=laid_out(sheet, cards, settings))
