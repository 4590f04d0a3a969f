from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.errors import PlaceNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import sheet_with
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderQuestions:
    """An editor puts the questions of a cell in the order of *question_ids*; *expected* is the order that she saw.
    Refused with PlaceNotFound, or OrderChanged when that does not stand any more."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    transaction: Transaction

    async def __call__(
        self,
        subsection_id: str,
        grade: GradeKey | None,
        question_ids: Sequence[str],
        *,
        expected: Sequence[str],
    ) -> None:
        self.access.require(Action.ORDER_QUESTIONS)
        if sheet_with(subsection_id, await self.sheets.list_sheets()) is None:
            raise PlaceNotFound
        await self.questions.order(subsection_id, grade, question_ids, expected=expected)
        await self.transaction.commit()
