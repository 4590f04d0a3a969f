"""Bringing chosen rows in step by step, so that it can be left and taken up again at any row."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.access import Action
from core.audit import AuditTrail
from core.clock import Clock
from core.competency_matrix.files import FoundMatrix
from core.competency_matrix.importing import RowLine, RowOutcome
from core.competency_matrix.question_imports import QuestionImport, QuestionImports
from core.competency_matrix.row_check import CheckedRow
from core.competency_matrix.row_choice import ChosenRows, RowChoice
from core.competency_matrix.row_import import RowImport
from core.errors import Invalid, Problem, StaleVersion, TerraceError
from core.text import N_
from core.transaction import Transaction

PULSE = timedelta(seconds=1)
"""How long lines are held back at most: who looks at the import sees it move."""
TURN = timedelta(seconds=60)
"""After that, and a PAUSE, it is another import's turn."""
PAUSE = timedelta(seconds=1)

GIVEN_UP = N_("It was given up after several tries. What came so far stays; the operator finds the reason in the log.")
UNFORESEEN = N_("Something went wrong with it that nobody foresaw. The operator finds the reason in the log.")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ImportTurn:
    """*one* is the import as it stands, with the lines that it has so far."""

    one: QuestionImport
    question_imports: QuestionImports
    row_choice: RowChoice
    row_import: RowImport
    clock: Clock
    transaction: Transaction
    is_stopped: bool = field(default=False, init=False)

    async def go(self, matrix: FoundMatrix, *, is_resumed: bool) -> QuestionImport:
        """The import as it was saved: over, or not when the turn is. *is_resumed*: a try was interrupted, and may have
        brought in rows without telling, so that doubles stay out even when they were chosen."""
        began, one = self.clock.now(), self.one
        if await self.question_imports.is_stopped(one):
            return await self._saved(one.cancelled(began))
        only_new = is_resumed or one.numbers is None
        chosen = await self.row_choice.choose(one.left(matrix), lang=one.lang, numbers=one.numbers, only_new=only_new)
        self.one = one.told(chosen.left_out, chosen.added)
        is_through = await self._bring(chosen, until=began + TURN)
        if self.is_stopped:
            return await self._saved(self.one.cancelled(self.clock.now()))
        return await self._saved(self.one.ended(self.clock.now()) if is_through else self.one)

    async def _saved(self, one: QuestionImport) -> QuestionImport:
        self.one = one
        await self.question_imports.save(one)
        return one

    async def _bring(self, chosen: ChosenRows, *, until: datetime) -> bool:
        """Whether all came. Somebody who changes a sheet meanwhile ends the turn: the next one sees what she made."""
        saved_at = self.clock.now()
        for row in chosen.wanted:
            now = self.clock.now()
            if now >= until:
                return False
            if now - saved_at >= PULSE:
                await self.question_imports.save(self.one)
                saved_at = now
                self.is_stopped = await self.question_imports.is_stopped(self.one)
                if self.is_stopped:
                    return False
            try:
                line = await self._line(row, chosen)
            except StaleVersion:
                await self.transaction.rest()
                return False
            self.one = self.one.told([line])
        return True

    async def _line(self, row: CheckedRow, chosen: ChosenRows) -> RowLine:
        one = self.one
        try:
            return await self.row_import.bring(row, chosen.sheets, lang=one.lang, author_id=one.author_id)
        except Invalid as error:
            await self.transaction.rest()
            return RowLine(row=row.row, outcome=RowOutcome.REFUSED, problems=error.problems)
        except TerraceError:
            raise
        except Exception:  # noqa: BLE001 - one row that nobody thought of holds up none of the others
            _log.exception("row_not_imported", extra={"import": one.id, "row": row.row.number})
            await self.transaction.rest()
            return RowLine(row=row.row, outcome=RowOutcome.REFUSED, problems=(Problem.of("row", UNFORESEEN),))


async def conclude(one: QuestionImport, audit: AuditTrail) -> None:
    """The log has one line for what was brought in, whatever ended it."""
    if one.is_over:
        totals = {outcome.value: str(number) for outcome, number in one.totals.items()}
        after = {"state": one.state, **totals}
        await audit.record(Action.RUN_IMPORT, subject=one.id, label=one.filename, after=after)
