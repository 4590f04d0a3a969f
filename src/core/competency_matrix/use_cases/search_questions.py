from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import FoundQuestions
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import QuestionNotFound, SheetNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet, sheet_called
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds:
    """*sheets* are all there are: each find names its own by id."""

    found: FoundQuestions
    sheets: Sequence[Sheet]
    settings: MatrixSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestions:
    """Anybody searches the published questions of one sheet (*key*) or of all, best find first, also with a word
    mistyped; *is_brief*: without snippets. Refused with SheetNotFound, or QuestionNotFound beyond the last page."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(
        self,
        choice: Choice,
        *,
        lang: str,
        key: str | None = None,
        number: int = 1,
        size: int = 20,
        is_brief: bool = False,
    ) -> Finds:
        self.access.require(Action.READ_MATRIX)
        if number < 1:
            raise QuestionNotFound
        sheets = await self.sheets.list_sheets()
        sheet = sheet_called(key, sheets) if key is not None else None
        if key is not None and sheet is None:
            raise SheetNotFound
        wanted = choice.filter(now=self.clock.now(), sheet_id=sheet.id if sheet else None)
        found = await self.questions.search(wanted, lang=lang, number=number, size=size, is_brief=is_brief)
        if found.page.is_out_of_range:
            raise QuestionNotFound
        return Finds(found=found, sheets=sheets, settings=await self.sheets.settings())
