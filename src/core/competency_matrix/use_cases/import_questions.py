from collections.abc import Collection
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.competency_matrix.files import FoundMatrix
from core.competency_matrix.importing import ImportReport, RowLine, RowOutcome
from core.competency_matrix.row_choice import RowChoice
from core.competency_matrix.row_import import RowImport
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportQuestions:
    """The owner, or the operator, brings the rows with these *numbers* into the site, each at the end of its cell; when
    she chose none, those that are new. Sheets that the file describes, sections and resources come along.

    Each row stands by itself, at once: whatever ends the work half-way, doing it again adds what is not there yet. The
    log has one line for all that came, at the end.
    Ends with StaleVersion when somebody changed a sheet meanwhile.
    """

    access: Access
    row_choice: RowChoice
    row_import: RowImport
    audit: AuditTrail
    transaction: Transaction

    async def __call__(
        self, matrix: FoundMatrix, *, lang: str, filename: str = "", numbers: Collection[int] | None = None
    ) -> ImportReport:
        self.access.require(Action.IMPORT_CONTENT)
        chosen = await self.row_choice.choose(matrix, lang=lang, numbers=numbers, only_new=numbers is None)
        author_id = self.access.actor.user_id
        lines = {line.row.number: line for line in chosen.left_out}
        for one in chosen.wanted:
            line = await self.row_import.bring(one, chosen.sheets, lang=lang, author_id=author_id)
            lines[one.row.number] = line
        skipped = RowOutcome.SKIPPED
        told = [lines.get(row.number) or RowLine(row=row, outcome=skipped) for row in matrix.rows]
        report = ImportReport(lines=told, sheets=chosen.added)
        await self._tell(report, filename)
        return report

    async def _tell(self, report: ImportReport, filename: str) -> None:
        if not (report.totals[RowOutcome.ADDED] or report.sheets):
            return
        totals = {outcome.value: str(number) for outcome, number in report.totals.items()}
        await self.audit.record(Action.RUN_IMPORT, label=filename, after={"state": "done", **totals})
        await self.transaction.commit()
