from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import AttachedResource, EvidenceLink
from core.competency_matrix.entities import Question
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuestion:
    """*question* with all that its form offers and shows: every sheet there is, its *resources*, and its *evidence*,
    public or not."""

    question: Question
    sheets: Sequence[Sheet]
    settings: MatrixSettings
    resources: Sequence[AttachedResource]
    evidence: Sequence[EvidenceLink]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDeskQuestion:
    """Whoever may see a question before it is public opens it at the desk. Refused with QuestionNotFound."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    resources: ResourceStorage
    clock: Clock

    async def __call__(self, question_id: str) -> DeskQuestion:
        self.access.require(Action.READ_UNPUBLISHED_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.READ_UNPUBLISHED_QUESTION, on=question)
        named = await self.resources.list_many([one.resource_id for one in question.resources])
        library = {str(resource.id): resource for resource in named}
        found = await self.questions.list_evidence(question.evidence, now=self.clock.now())
        links = {link.post_id: link for link in found}
        return DeskQuestion(
            question=question,
            sheets=await self.sheets.list_sheets(),
            settings=await self.sheets.settings(),
            resources=[
                AttachedResource(resource=library[one.resource_id], why=one.why)
                for one in question.resources
                if one.resource_id in library
            ],
            evidence=[links[post_id] for post_id in question.evidence if post_id in links],
        )
