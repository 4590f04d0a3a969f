"""Archives of whatever form, opened off the event loop."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from core.blog.archives import (
    ArchiveFormat,
    BadArchive,
    ContentArchive,
    FoundItem,
    FoundPicture,
    FoundPlace,
    SkippedItem,
)
from core.slugs import SlugMaker
from core.text import N_
from services.archives import ghost, wordpress
from services.archives.files import ArchiveFiles, FolderFiles, OneFile
from services.archives.ghost import GhostArchive
from services.archives.markdown import MarkdownArchive
from services.archives.markdown_layout import SUFFIXES
from services.archives.own import OwnArchive, find_manifest
from services.archives.wordpress import WordPressArchive
from services.archives.zips import ZipFiles
from services.own_threads import OwnThreads

T = TypeVar("T")
ARCHIVE_BYTES = 4 * 1024**3
_HEAD_BYTES = 4_096


class OpenArchive(Protocol):
    """An archive as its parser reads it, here and now."""

    @property
    def format(self) -> ArchiveFormat: ...

    def places(self) -> Sequence[FoundPlace]: ...

    def items(self) -> Iterator[FoundItem | FoundPicture | SkippedItem]: ...

    def picture(self, name: str) -> bytes | None: ...


class Archives:
    """The reader of archives. One thread: two imports at once take turns, and the site is served meanwhile."""

    def __init__(self, slugs: SlugMaker) -> None:
        self._slugs = slugs
        self._threads = OwnThreads("archives", threads=1, waiting=8)

    @asynccontextmanager
    async def open(self, path: Path, form: ArchiveFormat | None = None) -> AsyncIterator[ContentArchive]:
        """Raises Unavailable when too much waits already."""
        files = await self._threads.run(lambda: _files(path))
        try:
            archive = await self._threads.run(lambda: _archive(files, form, self._slugs))
            yield _Walked(archive, self._threads)
        finally:
            await self._threads.run(files.close)

    def close(self) -> None:
        self._threads.close()


class _Walked:
    def __init__(self, archive: OpenArchive, threads: OwnThreads) -> None:
        self._archive = archive
        self._threads = threads

    @property
    def format(self) -> ArchiveFormat:
        return self._archive.format

    def places(self) -> Sequence[FoundPlace]:
        return self._archive.places()

    async def contents(self) -> AsyncIterator[FoundItem | FoundPicture | SkippedItem]:
        items = self._archive.items()
        while (item := await self._threads.run(lambda: next(items, None))) is not None:
            yield item

    async def picture(self, name: str) -> bytes | None:
        return await self._threads.run(lambda: self._archive.picture(name))


def _files(path: Path) -> ArchiveFiles:
    if path.is_dir():
        return FolderFiles(path)
    if not path.is_file():
        raise BadArchive(N_("There is no file or folder “%(name)s”."), name=path.name)
    if path.stat().st_size > ARCHIVE_BYTES:
        raise BadArchive(
            N_("The archive is larger than %(limit)d GB. Please split it."), limit=ARCHIVE_BYTES // 1024**3
        )
    with path.open("rb") as stream:
        head = stream.read(4)
    is_zip = head[:2] == b"PK" or path.suffix.lower() == ".zip" or zipfile.is_zipfile(path)
    return ZipFiles(path) if is_zip else OneFile(path)


def _archive(files: ArchiveFiles, form: ArchiveFormat | None, slugs: SlugMaker) -> OpenArchive:
    found = form or recognised(files)
    if found is ArchiveFormat.GHOST:
        return _first(
            ghost.candidates(files.names),
            lambda name: GhostArchive(files, name, slugs),
            N_("There is no JSON export of Ghost in the archive."),
        )
    if found is ArchiveFormat.WORDPRESS:
        return _first(
            wordpress.candidates(files.names),
            lambda name: WordPressArchive(files, name, slugs),
            N_("There is no XML export of WordPress in the archive."),
        )
    manifest = find_manifest(files)
    return OwnArchive(files, *manifest, slugs) if manifest else MarkdownArchive(files, slugs)


def _first(names: Sequence[str], read: Callable[[str], T], message: str) -> T:
    """The first of *names* that is an export; when none is, what was wrong with the first."""
    refused: list[BadArchive] = []
    for name in names:
        try:
            return read(name)
        except BadArchive as error:
            refused.append(error)
    raise refused[0] if refused else BadArchive(message)


def recognised(files: ArchiveFiles) -> ArchiveFormat:
    """The form of an archive, by what its files begin with. Raises BadArchive when it has none."""
    for name in wordpress.candidates(files.names):
        if b"wordpress.org/export/" in _head(files, name):
            return ArchiveFormat.WORDPRESS
    for name in ghost.candidates(files.names):
        head = b"".join(_head(files, name).split())
        if head.startswith((b'{"db":[', b'{"meta":', b'{"data":')):
            return ArchiveFormat.GHOST
    if any(name.lower().endswith(SUFFIXES) for name in files.names) or find_manifest(files):
        return ArchiveFormat.MARKDOWN
    raise BadArchive(
        N_("This is no archive that is known here: Markdown files, a JSON export of Ghost, an XML export of WordPress.")
    )


def _head(files: ArchiveFiles, name: str) -> bytes:
    with files.open(name) as stream:
        return stream.read(_HEAD_BYTES)
