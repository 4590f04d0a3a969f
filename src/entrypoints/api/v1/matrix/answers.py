"""How the matrix is answered with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.list_sheets import ListSheets
from core.pagination import Slice
from entrypoints.api import reading
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.etags import version_tag
from entrypoints.api.v1.matrix.question_models import QuestionShown, QuestionsShown
from entrypoints.api.v1.matrix.sheet_models import SheetShown
from entrypoints.http.context import RequestFacts

BASE = "/api/v1/matrix"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixAnswers:
    """Sheets and questions of one site as they stand at the moment of the request."""

    facts: RequestFacts
    clock: Clock
    list_sheets: ListSheets

    async def sheet(self, sheet_id: str) -> Sheet:
        """Raises SheetNotFound."""
        return sheet_of(await self.list_sheets(), sheet_id)

    async def bases(self) -> Mapping[str, str]:
        """The addresses of the sheets for people, by their ids."""
        return {sheet.id: f"{self.facts.base_url}/matrix/{sheet.key}" for sheet in await self.list_sheets()}

    async def question(self, question: Question) -> QuestionShown:
        return (await self._all([question]))[0]

    async def read(self, request: ApiRequest, question: Question) -> Answer:
        model = await self.question(question)
        return reading.one(request, model, tag=model.tag)

    async def listed(self, request: ApiRequest, found: Slice[Question]) -> Answer:
        model = QuestionsShown(items=await self._all(found.items), next_cursor=found.next_cursor)
        return reading.many(request, model, found.next_cursor)

    async def changed(self, question: Question) -> Answer:
        model = await self.question(question)
        return shown(model, tag=model.tag)

    async def created(self, question: Question) -> Answer:
        model = await self.question(question)
        return shown(model, tag=model.tag, status=201, location=f"{BASE}/questions/{question.id}")

    def sheet_changed(self, sheet: Sheet) -> Answer:
        return shown(self._sheet(sheet), tag=version_tag(sheet.version))

    def sheet_created(self, sheet: Sheet) -> Answer:
        """Also when something was added to it: Location leads to the sheet."""
        location = f"{BASE}/sheets/{sheet.id}"
        return shown(self._sheet(sheet), tag=version_tag(sheet.version), status=201, location=location)

    def _sheet(self, sheet: Sheet) -> SheetShown:
        return SheetShown.of(sheet, site_url=self.facts.base_url)

    async def _all(self, questions: Sequence[Question]) -> tuple[QuestionShown, ...]:
        bases, now = await self.bases() if questions else {}, self.clock.now()
        return tuple(QuestionShown.told(one, now=now, base=bases[one.sheet_id]) for one in questions)


def sheet_of(sheets: Sequence[Sheet], sheet_id: str) -> Sheet:
    """Raises SheetNotFound."""
    found = next((sheet for sheet in sheets if sheet.id == sheet_id), None)
    if found is None:
        raise SheetNotFound
    return found
