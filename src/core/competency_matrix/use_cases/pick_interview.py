import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.choice import Choice
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet, sheet_called
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage

PICKED_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """*questions* in the order in which they are asked; *total* is how many the choice would allow."""

    sheet: Sheet
    settings: MatrixSettings
    questions: Sequence[Question]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickInterview:
    """Anybody is asked up to *count* questions of a choice, in an order that *seed* decides: the same seed gives the
    same interview. Refused with SheetNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(self, key: str, choice: Choice, *, seed: str, count: int = 10, lang: str) -> Interview:
        self.access.require(Action.READ_MATRIX)
        sheet = sheet_called(key, await self.sheets.list_sheets())
        if sheet is None:
            raise SheetNotFound
        wanted = choice.filter(now=self.clock.now(), sheet_id=sheet.id)
        ids = [card.id for card in await self.questions.list_cards(wanted, lang=lang)]
        picked = sorted(ids, key=lambda one: _draw(seed, one))[: min(max(1, count), PICKED_MAX)]
        whole = {question.id: question for question in await self.questions.list_many(picked)} if picked else {}
        return Interview(
            sheet=sheet,
            settings=await self.sheets.settings(),
            questions=[whole[one] for one in picked if one in whole],
            total=len(ids),
        )


def _draw(seed: str, question_id: str) -> bytes:
    """Its lot. Each has its own, so that a question that comes or goes leaves the others in their order."""
    return hashlib.sha256(f"{seed}\n{question_id}".encode("utf-8", "surrogatepass")).digest()
