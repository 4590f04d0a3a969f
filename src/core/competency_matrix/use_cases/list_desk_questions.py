from dataclasses import dataclass, replace

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.resources import ResourceId
from core.competency_matrix.sheets import SheetId
from core.competency_matrix.storage import QuestionStorage
from core.pagination import NumberedPage
from core.publication import PublicationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeskQuestions:
    """Members see questions of every status, last changed first, those who write only their own. Refused with
    QuestionNotFound beyond the last page."""

    access: Access
    questions: QuestionStorage
    clock: Clock

    async def __call__(
        self,
        choice: Choice | None = None,
        *,
        lang: str,
        number: int = 1,
        size: int = 50,
        status: PublicationStatus | None = None,
        sheet_id: str | None = None,
        lack: str | None = None,
        is_flagged: bool = False,
        resource_id: str | None = None,
        is_trashed: bool = False,
    ) -> NumberedPage[QuestionCard]:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        sheet = SheetId(sheet_id) if sheet_id is not None else None
        wanted = replace(
            (choice or Choice()).filter(now=self.clock.now(), sheet_id=sheet),
            status=status,
            scope=self.access.scope(Action.READ_UNPUBLISHED_QUESTION),
            viewer=self.access.actor.user_id,
            lack=lack,
            is_flagged=is_flagged,
            resource=ResourceId(resource_id) if resource_id is not None else None,
            is_trashed=is_trashed,
        )
        page = await self.questions.list_numbered(wanted, lang=lang, number=max(1, number), size=size)
        if page.is_out_of_range:
            raise QuestionNotFound
        return page
