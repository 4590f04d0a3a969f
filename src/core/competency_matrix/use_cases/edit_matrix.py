from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail, facts_of
from core.competency_matrix.errors import GradeInUse
from core.competency_matrix.grades import MatrixSettings, MatrixWishes
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMatrix:
    """The owner decides which grades there are, how they are called, ordered and coloured, whether visitors may propose
    questions, and whether they see what the matrix covers. Refused with Invalid, GradeInUse or StaleVersion."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, wanted: MatrixWishes, *, expected: int | None = None) -> MatrixSettings:
        self.access.require(Action.EDIT_MATRIX)
        settings = await self.sheets.settings()
        if expected is not None and expected != settings.version:
            raise StaleVersion(current=settings.version)
        changed = settings.changed_to(wanted)
        if changed == settings:
            return settings
        kept = {grade.key for grade in changed.grades}
        for grade in settings.grades:
            if grade.key not in kept and (count := await self.questions.count_with_grade(grade.key)):
                raise GradeInUse(name=grade.name, count=count)
        saved = await self.sheets.save_settings(changed)
        before, after = (facts_of(one, without=("version",)) for one in (settings, saved))
        await self.audit.record(Action.EDIT_MATRIX, before=before, after=after)
        await self.transaction.commit()
        return saved
