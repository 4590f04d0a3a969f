from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.share import ShareCard, ShareImages
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawQuestionShare:
    """Anybody gets the picture that stands beside a link to a question. Refused with QuestionNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    images: ShareImages
    clock: Clock
    transaction: Transaction

    async def __call__(self, slug: str, *, site_id: str, site: str, accent: str) -> bytes:
        self.access.require(Action.READ_MATRIX)
        question = await self.questions.get_by_slug(slug, now=self.clock.now())
        sheet = await self.sheets.get(question.sheet_id)
        grade = (await self.sheets.settings()).grade(question.grade)
        await self.transaction.rest()
        detail = f"{sheet.name} · {grade.name}" if grade else sheet.name
        card = ShareCard(site_id=site_id, title=question.title, site=site, detail=detail, accent=accent)
        return await self.images.draw(card)
