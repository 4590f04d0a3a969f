from dataclasses import dataclass, replace

from core.access import Access, Action, Scope
from core.clock import Clock
from core.competency_matrix.choice import Choice
from core.competency_matrix.entities import Question
from core.competency_matrix.evidence import as_far_as_seen
from core.competency_matrix.sheets import SheetId, sheet_called
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.pagination import Slice
from core.publication import PublicationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryQuestions:
    """Programs list questions by cursor: anybody the published ones, members also others as far as their right
    reaches. *sheet* is an id, an address or a former one; nothing is in a sheet that there is not. Refused with
    Invalid for a cursor that we did not make."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    clock: Clock

    async def __call__(
        self,
        choice: Choice | None = None,
        *,
        limit: int = 20,
        cursor: str | None = None,
        status: PublicationStatus | None = PublicationStatus.PUBLISHED,
        sheet: str | None = None,
        slug: str | None = None,
        lack: str | None = None,
        is_flagged: bool = False,
        is_trashed: bool = False,
    ) -> Slice[Question]:
        is_public = status is PublicationStatus.PUBLISHED and not is_trashed
        self.access.require(Action.READ_MATRIX if is_public else Action.READ_UNPUBLISHED_QUESTION)
        wanted = replace(
            (choice or Choice()).filter(now=self.clock.now(), sheet_id=await self._sheet_id(sheet)),
            status=status,
            scope=Scope.ALL if is_public else self.access.scope(Action.READ_UNPUBLISHED_QUESTION),
            viewer=self.access.actor.user_id,
            slug=slug,
            lack=lack,
            is_flagged=is_flagged,
            is_trashed=is_trashed,
        )
        found = await self.questions.list_slice(wanted, limit=limit, cursor=cursor)
        seen = await as_far_as_seen(found.items, access=self.access, questions=self.questions, now=wanted.now)
        return replace(found, items=seen)

    async def _sheet_id(self, name: str | None) -> SheetId | None:
        if name is None:
            return None
        sheet = sheet_called(name, await self.sheets.list_sheets())
        return sheet.id if sheet else SheetId(name)
