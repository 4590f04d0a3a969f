from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.sheets import Sheet, sheet_called
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage

FEED_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFeed:
    """*sheets* are all there are: each question names its own by id."""

    questions: Sequence[Question]
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestionFeed:
    """Programs fetch the published questions that are new or were changed last, whole, of one sheet (*key*) or of all.
    Refused with SheetNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, *, key: str | None = None) -> QuestionFeed:
        self.access.require(Action.READ_MATRIX)
        sheets = await self.sheets.list_sheets()
        sheet = sheet_called(key, sheets) if key is not None else None
        if key is not None and sheet is None:
            raise SheetNotFound
        found = await self.questions.list_newest(
            now=self.clock.now(), sheet_id=sheet.id if sheet else None, limit=FEED_SIZE
        )
        return QuestionFeed(questions=found, sheets=sheets)
