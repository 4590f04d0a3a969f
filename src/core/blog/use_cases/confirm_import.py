from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.blog.import_runs import Import, ImportId, ImportState, ImportStorage, have_archive_deleted
from core.clock import Clock
from core.errors import StaleVersion
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmImport:
    """The owner has what the report promises brought in; the runner does it. One that is being brought in, or was,
    stays as it is.

    Refused with ImportNotFound, StaleVersion, ImportNotReady, ImportIsOver, or ArchiveGone a day after the upload.
    """

    access: Access
    imports: ImportStorage
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, import_id: ImportId, *, expected: int | None = None) -> Import:
        self.access.require(Action.IMPORT_CONTENT)
        standing = await self.imports.hold(import_id)
        if standing.state in (ImportState.RUNNING, ImportState.DONE):
            return standing
        if expected is not None and expected != standing.version:
            raise StaleVersion(current=standing.version)
        now = self.clock.now()
        confirmed = await self.imports.save_confirmed(standing.confirmed(now))
        await self.tasks.add(TaskKind.RUN_IMPORT, subject=import_id, due_at=now)
        await self.tasks.cancel(TaskKind.DELETE_FILES, subject=import_id)
        await have_archive_deleted(confirmed, self.tasks, at=confirmed.kept_until)
        await self.audit.record(Action.IMPORT_CONTENT, subject=import_id, label=confirmed.filename)
        await self.transaction.commit()
        return confirmed
