from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.exporting import Names, places_of, row_of, sheet_code
from core.competency_matrix.files import ExportedMatrix, QuestionRow
from core.competency_matrix.layout import in_order, laid_out
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.storage import QuestionFilter, QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction

BATCH = 100
Places = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportQuestions:
    """The owner, or the operator, takes all sheets and questions along, drafts too.

    The trash, revisions and old addresses stay behind. A site that imported it gives the same.
    """

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    resources: ResourceStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self) -> ExportedMatrix:
        self.access.require(Action.EXPORT_CONTENT)
        sheets, settings = await self.sheets.list_sheets(), await self.sheets.settings()
        cards = await self.questions.list_cards(QuestionFilter(now=self.clock.now(), status=None), lang="")
        ids = [str(card.id) for sheet in sheets for card in in_order(laid_out(sheet, cards, settings))]
        await self.transaction.rest()
        return ExportedMatrix(sheets=[*map(sheet_code, sheets)], batches=self._batches(places_of(sheets), ids))

    async def _batches(self, places: Places, ids: Sequence[str]) -> AsyncGenerator[Sequence[QuestionRow], None]:
        for start in range(0, len(ids), BATCH):
            yield await self._rows(places, ids[start : start + BATCH], start)

    async def _rows(self, places: Places, ids: Sequence[str], start: int) -> Sequence[QuestionRow]:
        """What was thrown away or put somewhere new meanwhile is left out. No connection is held while a client takes
        its time."""
        kept = [one for one in await self.questions.list_many(ids) if one.subsection_id in places]
        found = {str(one.id): one for one in kept if one.trashed_at is None}
        library = sorted({one.resource_id for question in found.values() for one in question.resources})
        posts = sorted({post_id for question in found.values() for post_id in question.evidence})
        links = await self.questions.list_evidence(posts, now=self.clock.now()) if posts else ()
        names = Names(
            places=places,
            resources={str(one.id): one for one in await self.resources.list_many(library)} if library else {},
            posts={link.post_id: link.slug for link in links},
        )
        await self.transaction.rest()
        return [row_of(found[one], number, names) for number, one in enumerate(ids, start + 1) if one in found]
