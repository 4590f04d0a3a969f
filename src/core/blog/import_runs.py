"""An uploaded archive on its way into the site: looked through first, brought in when its owner says so."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NewType, Protocol

from core.blog.archives import ArchiveFormat, ContentArchive, Importable, Note
from core.blog.import_errors import ArchiveGone, ImportIsOver, ImportNotReady
from core.blog.import_plans import ImportPlan
from core.blog.imports import Outcome, ReportLine
from core.errors import Invalid, Problem
from core.filenames import safe_filename
from core.identity import Actor, UserId
from core.pagination import Slice
from core.tasks import TaskKind, TaskStorage
from core.text import N_

ImportId = NewType("ImportId", str)

ARCHIVE_BYTES = 200 * 1024 * 1024
PART_BYTES = 1024 * 1024
KEPT_FOR = timedelta(hours=24)
"""How long an uploaded archive waits for its owner's word, and how long bringing it in may take after that."""


class ImportState(StrEnum):
    """CHECKING: the archive is looked through, nothing is written. READY: the report says what would come. RUNNING: it
    comes. The others are ends."""

    CHECKING = "checking"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (ImportState.CHECKING, ImportState.READY, ImportState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """How many items had which outcome."""

    added: int = 0
    present: int = 0
    skipped: int = 0
    refused: int = 0

    @property
    def all(self) -> int:
        return self.added + self.present + self.skipped + self.refused

    def of(self, outcome: Outcome) -> int:
        number: int = getattr(self, outcome.value)
        return number

    def with_lines(self, lines: Sequence[ReportLine]) -> ImportCounts:
        found = [line.outcome for line in lines]
        return ImportCounts(**{each.value: self.of(each) + found.count(each) for each in Outcome})


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """*format* is None until the archive has been recognised; *lang* is that of items which do not say theirs. *parts*
    are the names under which the archive lies in the store until *kept_until*. *counts* are of the items that were
    looked at or brought in so far, of *total* (0: not known yet). *error* says why it failed."""

    id: ImportId
    filename: str
    format: ArchiveFormat | None
    lang: str
    size: int
    parts: tuple[str, ...]
    state: ImportState
    created_at: datetime
    kept_until: datetime
    created_by: UserId | None
    created_by_name: str
    counts: ImportCounts = field(default_factory=ImportCounts)
    total: int = 0
    finished_at: datetime | None = None
    error: Note | None = None
    version: int = 1

    @property
    def done(self) -> int:
        return self.counts.all

    @property
    def is_at_work(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.RUNNING)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_forgotten(self, now: datetime) -> bool:
        """Whether nobody said the word in time."""
        return self.state is ImportState.READY and now >= self.kept_until

    def reported(self, lines: Sequence[ReportLine], *, form: ArchiveFormat) -> Import:
        return replace(self, counts=self.counts.with_lines(lines), format=form)

    def ended(self, now: datetime) -> Import:
        """All items have their line: it is for the owner to say, or over, as where nothing would come."""
        if self.state is ImportState.CHECKING and self.counts.added:
            return replace(self, state=ImportState.READY, total=self.done)
        return replace(self, state=ImportState.DONE, total=self.done, finished_at=now)

    def failed(self, error: Note, now: datetime) -> Import:
        return replace(self, state=ImportState.FAILED, error=error, finished_at=now)

    def confirmed(self, now: datetime) -> Import:
        """Raises ImportNotReady, ImportIsOver, or ArchiveGone when it was left too long."""
        if self.state is ImportState.CHECKING:
            raise ImportNotReady
        if self.state is not ImportState.READY:
            raise ImportIsOver
        if self.is_forgotten(now):
            raise ArchiveGone
        return replace(self, state=ImportState.RUNNING, counts=ImportCounts(), kept_until=now + KEPT_FOR)

    def cancelled(self, now: datetime) -> Import:
        """Raises ImportIsOver."""
        if not self.is_open:
            raise ImportIsOver
        return replace(self, state=ImportState.CANCELLED, finished_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedLine:
    """*number* is the item's place in the archive, from 1."""

    number: int
    line: ReportLine


class ImportStorage(Protocol):
    """This site's imports and their reports. One at a time is open (CHECKING, READY or RUNNING)."""

    async def get(self, import_id: ImportId) -> Import:
        """Raises ImportNotFound."""
        ...

    async def hold(self, import_id: ImportId) -> Import:
        """Like get, and nobody else changes it before the present transaction ends."""
        ...

    async def find_open(self) -> Import | None: ...

    async def list_newest(self, *, limit: int, cursor: str | None) -> Slice[Import]:
        """Newest first. Raises Invalid on a cursor that we did not make."""
        ...

    async def list_lines(
        self, import_id: ImportId, *, outcome: Outcome | None = None, after: int = 0, limit: int
    ) -> Sequence[NumberedLine]:
        """The report so far, in the order of the archive, behind the number *after*; with *outcome* only such lines."""
        ...

    async def list_foreseen(self, import_id: ImportId, *, after: int, limit: int) -> Sequence[ReportLine]:
        """What looking through it had told of the items behind the number *after*."""
        ...

    async def add(self, one: Import) -> None:
        """Raises ImportUnderWay while another is open."""
        ...

    async def save(self, one: Import, *, lines: Sequence[ReportLine] = ()) -> Import:
        """Return it with the next version, *lines* being added to its report. Raises StaleVersion."""
        ...

    async def save_confirmed(self, one: Import) -> Import:
        """Like save; the report begins anew, and what it said becomes what was foreseen."""
        ...


class ArchiveDeposit(Protocol):
    """Where uploaded archives lie meanwhile: in the site's bucket, under names that nobody can guess and that no
    address leads to."""

    async def put(self, parts: Sequence[str], content: AsyncIterable[bytes]) -> None:
        """*content* in pieces of PART_BYTES, one under each of *parts*. Durable when it returns; when it raises
        (Unavailable), nothing stays behind."""
        ...

    def fetch(self, parts: Sequence[str], *, filename: str) -> AbstractAsyncContextManager[Path]:
        """A copy of the whole on this machine, called *filename*, for as long as it is open. Raises ArchiveGone, or
        Unavailable."""
        ...

    def forget(self, parts: Sequence[str]) -> None:
        """Delete them without anybody waiting for it."""
        ...


class ImportPlanner(Protocol):
    """Says where the items of an archive will stand; see PlanImport."""

    async def __call__(self, archive: ContentArchive) -> ImportPlan: ...


class ItemImporter(Protocol):
    """Brings one item in, or tells what would become of it; see ImportItem."""

    async def __call__(
        self, item: Importable, archive: ContentArchive, *, lang: str, dry_run: bool, plan: ImportPlan
    ) -> ReportLine: ...


def new_import(*, filename: str, form: ArchiveFormat | None, lang: str, size: int, by: Actor, at: datetime) -> Import:
    import_id = ImportId(secrets.token_hex(16))
    return Import(
        id=import_id,
        filename=safe_filename(filename),
        format=form,
        lang=lang,
        size=size,
        parts=_new_parts(size),
        state=ImportState.CHECKING,
        created_at=at,
        kept_until=at + KEPT_FOR,
        created_by=by.user_id,
        created_by_name=by.name,
    )


async def have_archive_deleted(one: Import, tasks: TaskStorage, *, at: datetime) -> None:
    """The uploaded archive goes out of the store at *at*, and surely, whatever happens to this process."""
    await tasks.add(TaskKind.DELETE_FILES, subject=one.id, due_at=at, payload=dict.fromkeys(one.parts, ""))


def format_named(text: str) -> ArchiveFormat | None:
    """None for nothing and "auto": the archive itself tells. Raises Invalid."""
    if text in ("", "auto"):
        return None
    try:
        return ArchiveFormat(text)
    except ValueError:
        raise Invalid(Problem.of("format", N_("Choose auto, markdown, ghost or wordpress."))) from None


def _new_parts(size: int) -> tuple[str, ...]:
    """Names for the pieces of an archive, with 128 random bits."""
    name = secrets.token_hex(16)
    return tuple(f"import-{name}-{number:03}" for number in range(-(-size // PART_BYTES)))
