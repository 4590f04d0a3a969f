"""Working through an archive step by step, so that it can be left and taken up again at any item."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.access import Action
from core.audit import AuditTrail
from core.blog.archives import ContentArchive, Importable, Note, SkippedItem
from core.blog.import_plans import ImportPlan
from core.blog.import_runs import Import, ImportState, ImportStorage, ItemImporter, have_archive_deleted
from core.blog.imports import Outcome, ReportLine, line_of, skipped_line
from core.clock import Clock
from core.errors import StaleVersion, TerraceError
from core.tasks import TaskStorage, TaskTaken
from core.text import N_
from core.transaction import Transaction

BATCH = 20
"""Lines of the report that are saved together: so many items, at most, can have come without their line being saved."""
PULSE = timedelta(seconds=1)
"""How long lines are held back at most: who looks at the import sees it move."""
TURN = timedelta(seconds=60)
"""After that, and a PAUSE, it is another import's turn."""
PAUSE = timedelta(seconds=1)

GIVEN_UP = N_("It was given up after several tries. What came so far stays; the operator finds the reason in the log.")
UNFORESEEN = N_("Something went wrong with it that nobody foresaw. The operator finds the reason in the log.")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ImportWalk:
    """Goes on where the report of *one* ends."""

    one: Import
    imports: ImportStorage
    bring: ItemImporter
    clock: Clock
    transaction: Transaction
    _lines: list[ReportLine] = field(default_factory=list, init=False)
    _foreseen: Mapping[int, ReportLine] = field(default_factory=dict, init=False)

    async def go(self, archive: ContentArchive, plan: ImportPlan, *, is_resumed: bool) -> bool:
        """Whether it came to the end. *is_resumed*: a try was interrupted, and may have brought in some items without
        telling. Raises BadArchive, and TaskTaken when somebody else changed the import."""
        if is_resumed:
            lines = await self.imports.list_foreseen(self.one.id, after=self.one.done, limit=BATCH)
            self._foreseen = dict(enumerate(lines, start=self.one.done + 1))
        began = saved_at = self.clock.now()
        number, first = 0, self.one.done + 1
        async for found in archive.contents():
            number += 1
            if number < first:
                continue
            now = self.clock.now()
            if now - began >= TURN:
                await self._save(archive)
                return False
            if len(self._lines) >= BATCH or now - saved_at >= PULSE:
                await self._save(archive)
                saved_at = now
            self._lines.append(await self._line(found, archive, plan, number))
        await self._save(archive)
        return True

    async def _line(
        self, found: Importable | SkippedItem, archive: ContentArchive, plan: ImportPlan, number: int
    ) -> ReportLine:
        if isinstance(found, SkippedItem):
            return skipped_line(found)
        dry_run = self.one.state is ImportState.CHECKING
        try:
            line = await self.bring(found, archive, lang=self.one.lang, dry_run=dry_run, plan=plan)
        except TerraceError:
            raise
        except Exception:  # noqa: BLE001 - one item that nobody thought of holds up none of the others
            _log.exception("item_not_imported", extra={"import": self.one.id, "item": found.source})
            await self.transaction.rest()
            return line_of(found, Outcome.REFUSED, notes=(Note.of(UNFORESEEN),))
        told = self._foreseen.get(number)
        came_unsaid = told and (told.outcome, line.outcome) == (Outcome.ADDED, Outcome.PRESENT)
        return replace(told, slug=line.slug) if told and came_unsaid else line

    async def _save(self, archive: ContentArchive) -> None:
        lines, self._lines = self._lines, []
        self.one = await saved_by_its_runner(self.one.reported(lines, form=archive.format), self.imports, lines)
        await self.transaction.commit()


async def saved_by_its_runner(one: Import, imports: ImportStorage, lines: Sequence[ReportLine] = ()) -> Import:
    """The next version of *one*. Raises TaskTaken when it is cancelled, or another runner has it."""
    try:
        return await imports.save(one, lines=lines)
    except StaleVersion:
        raise TaskTaken from None


async def conclude(began: Import, ended: Import, tasks: TaskStorage, audit: AuditTrail, now: datetime) -> None:
    """The archive of what has *ended* goes; the log has one line of what was brought in, none of mere looking."""
    await have_archive_deleted(ended, tasks, at=now)
    if began.state is ImportState.RUNNING:
        totals = {outcome.value: str(ended.counts.of(outcome)) for outcome in Outcome}
        after = {"state": ended.state, **totals}
        await audit.record(Action.RUN_IMPORT, subject=ended.id, label=ended.filename, after=after)
