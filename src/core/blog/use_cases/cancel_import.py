from dataclasses import dataclass

from core.access import Access, Action
from core.blog.import_runs import Import, ImportId, ImportState, ImportStorage, have_archive_deleted
from core.clock import Clock
from core.errors import StaleVersion
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelImport:
    """The owner stops an import: what has come stays, no more comes, the uploaded archive is deleted. One that was
    stopped before stays as it is. Refused with ImportNotFound, StaleVersion or ImportIsOver."""

    access: Access
    imports: ImportStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, import_id: ImportId, *, expected: int | None = None) -> Import:
        self.access.require(Action.IMPORT_CONTENT)
        standing = await self.imports.hold(import_id)
        if standing.state is ImportState.CANCELLED:
            return standing
        if expected is not None and expected != standing.version:
            raise StaleVersion(current=standing.version)
        now = self.clock.now()
        cancelled = await self.imports.save(standing.cancelled(now))
        await self.tasks.cancel(TaskKind.RUN_IMPORT, subject=import_id)
        await have_archive_deleted(cancelled, self.tasks, at=now)
        await self.transaction.commit()
        return cancelled
