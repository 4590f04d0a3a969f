import logging
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.blog.archives import ArchiveReader, BadArchive, Note
from core.blog.import_errors import ArchiveGone
from core.blog.import_runs import (
    ArchiveDeposit,
    Import,
    ImportId,
    ImportPlanner,
    ImportState,
    ImportStorage,
    ItemImporter,
)
from core.blog.import_walk import GIVEN_UP, PAUSE, ImportWalk, conclude, saved_by_its_runner
from core.clock import Clock
from core.tasks import MOST_ATTEMPTS, Task, TaskKind, TaskStorage, TaskTaken
from core.transaction import Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunImport:
    """The runner looks through an uploaded archive, or brings in what is in it, a minute at a time; a try that was
    interrupted goes on where it stopped. Refused with TaskTaken, or Unavailable when the store does not answer."""

    access: Access
    imports: ImportStorage
    deposit: ArchiveDeposit
    archives: ArchiveReader
    plan: ImportPlanner
    bring: ItemImporter
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.RUN_IMPORT)
        one = await self.imports.hold(ImportId(task.subject))
        if one.is_at_work:
            # A new version: whoever was at it before, and perhaps still is, notices at its next step.
            begun = await self.imports.save(one)
            await self.transaction.commit()
            await self._work(begun, task)
        else:
            await self.tasks.finish(task)
            await self.transaction.commit()

    async def _work(self, one: Import, task: Task) -> None:
        walk = ImportWalk(one, self.imports, self.bring, self.clock, self.transaction)
        try:
            fetched = self.deposit.fetch(one.parts, filename=one.filename)
            async with fetched as path, self.archives.open(path, one.format) as archive:
                is_through = await walk.go(archive, await self.plan(archive), is_resumed=task.attempts > 1)
        except (BadArchive, ArchiveGone) as error:
            reason = error.problems[0] if isinstance(error, BadArchive) else error
            await self._conclude(walk.one.failed(Note.of(reason.message, **reason.params), self.clock.now()), task, one)
        except TaskTaken:
            raise
        except Exception:
            if task.attempts < MOST_ATTEMPTS:
                raise
            _log.exception("import_given_up", extra={"import": one.id})
            await self.transaction.rest()
            await self._conclude(walk.one.failed(Note.of(GIVEN_UP), self.clock.now()), task, one)
        else:
            await self._conclude(walk.one.ended(self.clock.now()) if is_through else walk.one, task, one)

    async def _conclude(self, one: Import, task: Task, began: Import) -> None:
        saved = await saved_by_its_runner(one, self.imports)
        if saved.is_at_work:
            await self.tasks.add(TaskKind.RUN_IMPORT, subject=saved.id, due_at=self.clock.now() + PAUSE)
        elif saved.state is not ImportState.READY:
            await conclude(began, saved, self.tasks, self.audit, self.clock.now())
        await self.tasks.finish(task)
        await self.transaction.commit()
