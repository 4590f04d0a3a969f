from collections.abc import AsyncIterable
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.archives import ArchiveFormat
from core.blog.import_errors import ArchiveTooLarge, ImportUnderWay
from core.blog.import_runs import ARCHIVE_BYTES, ArchiveDeposit, Import, ImportStorage, have_archive_deleted, new_import
from core.clock import Clock
from core.errors import Invalid, Problem
from core.tasks import TaskKind, TaskStorage
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class StartImport:
    """The owner uploads an archive of another site; the runner looks through it and writes nothing yet.

    Refused with Invalid, ArchiveTooLarge, ImportUnderWay or Unavailable.
    """

    access: Access
    imports: ImportStorage
    deposit: ArchiveDeposit
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, content: AsyncIterable[bytes], *, size: int, filename: str, lang: str, form: ArchiveFormat | None = None
    ) -> Import:
        self.access.require(Action.IMPORT_CONTENT)
        if not size:
            raise Invalid(Problem.of("archive", N_("Please choose the archive: a zip, JSON, XML or Markdown file.")))
        if size > ARCHIVE_BYTES:
            raise ArchiveTooLarge(ARCHIVE_BYTES // 1024 // 1024)
        await self._make_way()
        now = self.clock.now()
        new = new_import(filename=filename, form=form, lang=lang, size=size, by=self.access.actor, at=now)
        # Before anything lies in the store it is certain that it will be taken out again.
        await have_archive_deleted(new, self.tasks, at=new.kept_until)
        await self.transaction.commit()
        await self.deposit.put(new.parts, content)
        try:
            await self.imports.add(new)
            await self.tasks.add(TaskKind.RUN_IMPORT, subject=new.id, due_at=now)
            await self.transaction.commit()
        except BaseException:
            self.deposit.forget(new.parts)
            raise
        return new

    async def _make_way(self) -> None:
        """What waited for somebody's word until its archive was deleted is in nobody's way."""
        standing = await self.imports.find_open()
        if standing is None:
            return
        if not standing.is_forgotten(self.clock.now()):
            raise ImportUnderWay
        await self.imports.save(standing.cancelled(self.clock.now()))
