from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.bulk import refuse_too_many, whole
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.storage import QuestionStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuestions:
    """Whoever may edit each of several questions gives them another grade, another place, or both; None leaves it.
    Public ones need the right to publish. All are changed or none; the answer is how many were. Refused with
    QuestionNotFound, QuestionInTrash, StaleVersion or Invalid."""

    access: Access
    questions: QuestionStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, question_ids: Sequence[str], *, grade: GradeKey | None = None, subsection_id: str | None = None
    ) -> int:
        self.access.require(Action.EDIT_QUESTION)
        refuse_too_many(question_ids)
        target = await self.composer.find_cell(subsection_id, grade)
        now = self.clock.now()
        changes = []
        for question in whole(question_ids, await self.questions.list_many(question_ids)):
            self.access.require(Action.EDIT_QUESTION, on=question)
            if question.is_public:
                self.access.require(Action.PUBLISH_QUESTION, on=question)
            changed = question.put(
                sheet_id=target.id if target else question.sheet_id,
                subsection_id=subsection_id or question.subsection_id,
                grade=grade or question.grade,
                at=now,
            )
            if changed != question:
                changes.append((question, changed))
        await self.composer.hold(*changes)
        saved = await self.questions.save_many([changed for _, changed in changes])
        for (before, _), after in zip(changes, saved, strict=True):
            await self.question_consequences.follow(before, after)
        await self.transaction.commit()
        return len(changes)
