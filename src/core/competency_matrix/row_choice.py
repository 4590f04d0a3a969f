"""Which rows of a file come into the site, and what has to be there before the first of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.competency_matrix.files import FoundMatrix
from core.competency_matrix.importing import RowLine, RowOutcome
from core.competency_matrix.row_check import CheckedMatrix, CheckedRow, RowCheck, Verdict
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.structure import SheetStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRows:
    """*wanted* come, *left_out* were chosen and do not. *sheets* are all of the site, *added* the keys of those that
    are new."""

    wanted: Sequence[CheckedRow]
    left_out: Sequence[RowLine]
    sheets: list[Sheet]
    added: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChoice:
    """Whether somebody may do this is for the caller to ask."""

    sheets: SheetStorage
    row_check: RowCheck
    transaction: Transaction

    async def choose(
        self, matrix: FoundMatrix, *, lang: str, numbers: Collection[int] | None, only_new: bool
    ) -> ChosenRows:
        """Of the rows with these *numbers*, or of all. *only_new*: doubles stay out, else those that are possible come.
        Sheets that the wanted rows need and the file describes are added, and committed."""
        wanted_numbers = None if numbers is None else frozenset(numbers)
        rows = [row for row in matrix.rows if wanted_numbers is None or row.number in wanted_numbers]
        checked = await self.row_check.check(replace(matrix, rows=rows), lang=lang)
        wanted = [one for one in checked.rows if _is_wanted(one, only_new=only_new)]
        taken = {one.row.number for one in wanted}
        left_out = [_left_out(one) for one in checked.rows if one.row.number not in taken]
        sheets, added = await self._plant(matrix, checked, wanted)
        return ChosenRows(wanted=wanted, left_out=left_out, sheets=sheets, added=added)

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


def _is_wanted(one: CheckedRow, *, only_new: bool) -> bool:
    return one.verdict is Verdict.NEW or (one.is_possible and not only_new)


def _left_out(one: CheckedRow) -> RowLine:
    outcome = RowOutcome.REFUSED if one.verdict is Verdict.WRONG else RowOutcome.PRESENT
    return RowLine(row=one.row, outcome=outcome, slug=one.double, question_id=one.double_id, problems=one.problems)
