from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.access import Access, Action
from core.competency_matrix.files import FoundMatrix
from core.competency_matrix.importing import ImportReport, RowLine, RowOutcome
from core.competency_matrix.row_check import CheckedMatrix, CheckedRow, RowCheck, Verdict
from core.competency_matrix.row_import import RowImport
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportQuestions:
    """The owner, or the operator, brings the rows with these *numbers* into the site, each at the end of its cell; when
    she chose none, those that are new. Sheets that the file describes, sections and resources come along.

    Each row stands by itself, at once: whatever ends the work half-way, doing it again adds what is not there yet.
    Ends with StaleVersion when somebody changed a sheet meanwhile.
    """

    access: Access
    sheets: SheetStorage
    row_check: RowCheck
    row_import: RowImport
    transaction: Transaction

    async def __call__(self, matrix: FoundMatrix, *, lang: str, numbers: Collection[int] | None = None) -> ImportReport:
        self.access.require(Action.IMPORT_CONTENT)
        chosen = [row for row in matrix.rows if numbers is None or row.number in numbers]
        checked = await self.row_check.check(replace(matrix, rows=chosen), lang=lang)
        wanted = [one for one in checked.rows if _is_wanted(one, is_chosen=numbers is not None)]
        sheets, added = await self._plant(matrix, checked, wanted)
        lines = {one.row.number: _left_out(one) for one in checked.rows}
        for one in wanted:
            lines[one.row.number] = await self.row_import.bring(one, sheets, lang=lang)
        skipped = RowOutcome.SKIPPED
        told = [lines.get(row.number) or RowLine(row=row, outcome=skipped) for row in matrix.rows]
        return ImportReport(lines=told, sheets=added)

    async def _plant(
        self, matrix: FoundMatrix, checked: CheckedMatrix, wanted: Sequence[CheckedRow]
    ) -> tuple[list[Sheet], Sequence[str]]:
        """All sheets, those of the file that its rows need or that have none among them, and which are new."""
        needed = {one.row.code.sheet.strip() for one in wanted}
        named = {row.code.sheet.strip() for row in matrix.rows}
        is_of_use = bool(wanted) or not matrix.rows
        new = [sheet for key, sheet in checked.sheets.items() if key in needed or (is_of_use and key not in named)]
        for sheet in new:
            await self.sheets.add(sheet)
        if new:
            await self.transaction.commit()
        return [*await self.sheets.list_sheets()], [sheet.key for sheet in new]


def _is_wanted(one: CheckedRow, *, is_chosen: bool) -> bool:
    return one.verdict is Verdict.NEW or (is_chosen and one.is_possible)


def _left_out(one: CheckedRow) -> RowLine:
    outcome = RowOutcome.REFUSED if one.verdict is Verdict.WRONG else RowOutcome.PRESENT
    return RowLine(row=one.row, outcome=outcome, slug=one.double, problems=one.problems)
