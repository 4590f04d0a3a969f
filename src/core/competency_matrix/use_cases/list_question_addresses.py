from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.storage import QuestionFilter, QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixAddress:
    """Of a sheet (*slug* None: as fresh as its freshest question, or never changed) or of a question in it."""

    sheet: str
    slug: str | None
    updated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestionAddresses:
    """Search engines learn of all sheets, each followed by its questions that visitors can read."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self) -> Sequence[MatrixAddress]:
        self.access.require(Action.READ_MATRIX)
        cards = await self.questions.list_cards(QuestionFilter(now=self.clock.now()), lang="")
        found: list[MatrixAddress] = []
        for sheet in await self.sheets.list_sheets():
            own = [card for card in cards if card.sheet_id == sheet.id]
            newest = max((card.updated_at for card in own), default=None)
            found.append(MatrixAddress(sheet=sheet.key, slug=None, updated_at=newest))
            found += [MatrixAddress(sheet=sheet.key, slug=card.slug, updated_at=card.updated_at) for card in own]
        return found
