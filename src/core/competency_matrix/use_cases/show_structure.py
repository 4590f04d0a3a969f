from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Section, Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """*held* tells of each subsection that is not empty how many questions stand in it, whatever their status and
    trashed ones too: so many have to go somewhere before it can be deleted."""

    sheets: Sequence[Sheet]
    settings: MatrixSettings
    held: Mapping[str, int]

    def held_in(self, place: Sheet | Section) -> int:
        return sum(self.held.get(subsection.id, 0) for subsection in place.subsections)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStructure:
    """Whoever may write sees all sheets in their order, with sections and subsections, and how much is in them."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage

    async def __call__(self) -> Structure:
        self.access.require(Action.DRAFT_QUESTION)
        return Structure(
            sheets=await self.sheets.list_sheets(),
            settings=await self.sheets.settings(),
            held=await self.questions.count_places(),
        )
