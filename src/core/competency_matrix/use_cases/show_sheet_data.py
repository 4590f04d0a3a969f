from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import EvidenceLink
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.layout import in_order, laid_out
from core.competency_matrix.resources import Resource, ResourceStorage
from core.competency_matrix.sheets import Sheet, sheet_called
from core.competency_matrix.storage import QuestionFilter, QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetData:
    """All that visitors can read of a sheet: its questions whole, in the order of the list, and what they name:
    *resources* by id, and of *evidence*, by the post's id, what visitors can read."""

    sheet: Sheet
    settings: MatrixSettings
    questions: Sequence[Question]
    resources: Mapping[str, Resource]
    evidence: Mapping[str, EvidenceLink]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSheetData:
    """Programs fetch a sheet as a whole. Found by its id, its present address or one that it had.
    Refused with SheetNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    resources: ResourceStorage
    clock: Clock

    async def __call__(self, name: str) -> SheetData:
        self.access.require(Action.READ_MATRIX)
        sheets = await self.sheets.list_sheets()
        sheet = next((one for one in sheets if one.id == name), None) or sheet_called(name, sheets)
        if sheet is None:
            raise SheetNotFound
        settings, now = await self.sheets.settings(), self.clock.now()
        cards = await self.questions.list_cards(QuestionFilter(now=now, sheet_id=sheet.id), lang="")
        ids = [card.id for card in in_order(laid_out(sheet, cards, settings))]
        whole = {question.id: question for question in await self.questions.list_many(ids)}
        questions = [whole[question_id] for question_id in ids if question_id in whole]
        named = sorted({one.resource_id for question in questions for one in question.resources})
        posts = sorted({post_id for question in questions for post_id in question.evidence})
        links = await self.questions.list_evidence(posts, now=now)
        return SheetData(
            sheet=sheet,
            settings=settings,
            questions=questions,
            resources={resource.id: resource for resource in await self.resources.list_many(named)},
            evidence={link.post_id: link for link in links if link.is_public},
        )
