from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from core.blog.archives import ArchiveFormat, BadArchive, ContentArchive, FoundItem, FoundPlace, Importable, SkippedItem
from core.blog.import_errors import ArchiveGone, ImportNotFound, ImportUnderWay
from core.blog.import_plans import ImportPlan
from core.blog.import_runs import PART_BYTES, Import, ImportId, NumberedLine
from core.blog.imports import Outcome, ReportLine, line_of
from core.errors import StaleVersion, Unavailable
from core.pagination import Slice
from tests.core.fakes.cursors import after as after_cursor


@dataclass
class Kept:
    """A row."""

    one: Import
    report: list[ReportLine] = field(default_factory=list)
    foreseen: list[ReportLine] = field(default_factory=list)

    def __copy__(self) -> "Kept":
        return Kept(self.one, [*self.report], [*self.foreseen])


class MemoryImports:
    def __init__(self) -> None:
        self.kept: dict[ImportId, Kept] = {}

    async def get(self, import_id: ImportId) -> Import:
        if import_id not in self.kept:
            raise ImportNotFound
        return self.kept[import_id].one

    async def hold(self, import_id: ImportId) -> Import:
        return await self.get(import_id)

    async def find_open(self) -> Import | None:
        return next((kept.one for kept in self.kept.values() if kept.one.is_open), None)

    async def list_newest(self, *, limit: int, cursor: str | None) -> Slice[Import]:
        found = sorted((kept.one for kept in self.kept.values()), key=_place, reverse=True)
        return after_cursor(found, cursor, limit=limit, key=_place)

    async def list_lines(
        self, import_id: ImportId, *, outcome: Outcome | None = None, after: int = 0, limit: int
    ) -> Sequence[NumberedLine]:
        lines = [NumberedLine(number=number, line=line) for number, line in enumerate(self._report(import_id), 1)]
        wanted = [line for line in lines if line.number > after and outcome in (None, line.line.outcome)]
        return wanted[:limit]

    async def list_foreseen(self, import_id: ImportId, *, after: int, limit: int) -> Sequence[ReportLine]:
        return self.kept[import_id].foreseen[after:][:limit]

    async def add(self, one: Import) -> None:
        if one.is_open and any(kept.one.is_open for kept in self.kept.values()):
            raise ImportUnderWay
        self.kept[one.id] = Kept(one)

    async def save(self, one: Import, *, lines: Sequence[ReportLine] = ()) -> Import:
        kept = self._saved(one)
        kept.report += lines
        return kept.one

    async def save_confirmed(self, one: Import) -> Import:
        kept = self._saved(one)
        kept.report, kept.foreseen = [], kept.report
        return kept.one

    def _saved(self, one: Import) -> Kept:
        standing = self.kept[one.id]
        if standing.one.version != one.version:
            raise StaleVersion(current=standing.one.version)
        kept = copy(standing)
        kept.one = replace(one, version=one.version + 1)
        self.kept[one.id] = kept
        return kept

    def _report(self, import_id: ImportId) -> Sequence[ReportLine]:
        return self.kept[import_id].report if import_id in self.kept else ()


class MemoryDeposit:
    """*kept* are the pieces by name; while *is_silent* the store does not answer."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.is_silent = False

    async def put(self, parts: Sequence[str], content: AsyncIterable[bytes]) -> None:
        if self.is_silent:
            raise Unavailable
        whole = b"".join([chunk async for chunk in content])
        for number, name in enumerate(parts):
            self.kept[name] = whole[number * PART_BYTES :][:PART_BYTES]

    @asynccontextmanager
    async def fetch(self, parts: Sequence[str], *, filename: str) -> AsyncIterator[Path]:
        if self.is_silent:
            raise Unavailable
        if not all(name in self.kept for name in parts):
            raise ArchiveGone
        with TemporaryDirectory() as folder:
            path = Path(folder) / filename
            path.write_bytes(b"".join(self.kept[name] for name in parts))
            yield path

    def forget(self, parts: Sequence[str]) -> None:
        for name in parts:
            self.kept.pop(name, None)


class FakeArchives:
    """Whatever is opened is an archive with these *items*; what it *breaks* with stands behind them."""

    def __init__(self, *items: Importable | SkippedItem, breaks: BadArchive | None = None) -> None:
        self.items = items
        self.breaks = breaks
        self.asked: list[ArchiveFormat | None] = []
        self.format = ArchiveFormat.GHOST

    @asynccontextmanager
    async def open(self, path: Path, form: ArchiveFormat | None = None) -> AsyncIterator[ContentArchive]:
        self.asked.append(form)
        yield self

    async def contents(self) -> AsyncIterator[Importable | SkippedItem]:
        for item in self.items:
            yield item
        if self.breaks is not None:
            raise self.breaks

    def places(self) -> Sequence[FoundPlace]:
        return ()

    async def picture(self, name: str) -> bytes | None:
        return None


class FakeImporter:
    """Brings items in by their keys; notes what it was asked for. *meanwhile* something else happens."""

    def __init__(self) -> None:
        self.brought: list[str] = []
        self.asked: list[tuple[str, bool]] = []
        self.fails: dict[str, Exception] = {}
        self.meanwhile: Callable[[], None] = lambda: None

    async def __call__(
        self, item: Importable, archive: ContentArchive, *, lang: str, dry_run: bool, plan: ImportPlan
    ) -> ReportLine:
        assert isinstance(item, FoundItem)
        self.asked.append((item.key, dry_run))
        self.meanwhile()
        if item.key in self.fails:
            raise self.fails[item.key]
        if item.key in self.brought:
            return line_of(item, Outcome.PRESENT)
        if not dry_run:
            self.brought.append(item.key)
        return line_of(item, Outcome.ADDED)


def _place(one: Import) -> tuple[datetime, str]:
    return one.created_at, one.id
