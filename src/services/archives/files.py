"""The files of an archive: a folder, a zip or one file. Nothing outside it is ever read."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from core.blog.archives import BadArchive
from core.text import N_

ENTRIES = 20_000
TOTAL_BYTES = 4 * 1024**3
NAME_LENGTH = 400
DEEPEST = 30
PICTURE_BYTES = 64 * 1024**2
NESTED = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
NO_PLAIN_FILE = N_("“%(name)s” is a link or no plain file. Please put the file itself there.")
_IGNORED = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "node_modules"})


class ArchiveFiles(Protocol):
    @property
    def names(self) -> Sequence[str]:
        """All files that count, sorted, with / between folders; hidden ones and archives within are not among them."""
        ...

    @property
    def nested(self) -> Sequence[str]:
        """Archives within the archive, which nobody opens."""
        ...

    def size(self, name: str) -> int: ...

    def open(self, name: str) -> BinaryIO:
        """The content of one of *names*, to be read once. Raises BadArchive when it cannot be read."""
        ...

    def close(self) -> None: ...


def read_at_most(files: ArchiveFiles, name: str, limit: int) -> bytes | None:
    """The content of *name*, or None when it is longer than *limit* bytes."""
    if files.size(name) > limit:
        return None
    with files.open(name) as stream:
        content = stream.read(limit + 1)
    return content if len(content) <= limit else None


def refuse_beyond_limits(entries: int, total: int) -> None:
    if entries > ENTRIES:
        raise BadArchive(N_("The archive has more than %(limit)d files. Please split it."), limit=ENTRIES)
    if total > TOTAL_BYTES:
        raise BadArchive(
            N_("Unpacked the archive is larger than %(limit)d GB. Please split it."), limit=TOTAL_BYTES // 1024**3
        )


def refuse_bad_name(name: str) -> None:
    """A name that leads elsewhere, or nowhere."""
    path = PurePosixPath(name)
    is_elsewhere = name.startswith("/") or ".." in path.parts or (len(name) > 1 and name[1] == ":")
    if is_elsewhere or not name.isprintable() or len(name) > NAME_LENGTH or len(path.parts) > DEEPEST:
        raise BadArchive(
            N_("The name “%(name)s” in the archive leads out of it or cannot be used. Please pack the archive anew."),
            name=name[:80].encode("unicode_escape").decode(),
        )


def counts(name: str) -> bool:
    """Whether a file is content, and no leftover of a system or a tool."""
    return not any(part.startswith(".") or part in _IGNORED for part in PurePosixPath(name).parts)


class FolderFiles:
    """Raises BadArchive for links and whatever else is no plain file, wherever they lead."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sizes: dict[str, int] = {}
        self.nested: Sequence[str] = ()
        self._look(root)
        names = sorted(self._sizes)
        self.nested = [name for name in names if name.lower().endswith(NESTED)]
        self.names = [name for name in names if not name.lower().endswith(NESTED)]

    def size(self, name: str) -> int:
        return self._sizes[name]

    def open(self, name: str) -> BinaryIO:
        """Each part of the path is opened without following links: what was a folder a moment ago is one now."""
        parts = PurePosixPath(name).parts
        handle = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for part in parts[:-1]:
                deeper = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
                os.close(handle)
                handle = deeper
            found = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle)
        except OSError as error:
            raise BadArchive(N_("“%(name)s” cannot be read: %(reason)s"), name=name, reason=error.strerror) from None
        finally:
            os.close(handle)
        return os.fdopen(found, "rb")

    def close(self) -> None:
        """Nothing is kept open."""

    def _look(self, folder: Path) -> None:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            name = Path(entry.path).relative_to(self._root).as_posix()
            if not counts(name):
                continue
            refuse_bad_name(name)
            if entry.is_dir(follow_symlinks=False):
                self._look(Path(entry.path))
                continue
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                raise BadArchive(NO_PLAIN_FILE, name=name)
            self._sizes[name] = status.st_size
            refuse_beyond_limits(len(self._sizes), 0)


class OneFile:
    """An export that came alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names: Sequence[str] = [path.name]
        self.nested: Sequence[str] = ()

    def size(self, name: str) -> int:
        del name
        return self._path.stat().st_size

    def open(self, name: str) -> BinaryIO:
        del name
        return self._path.open("rb")

    def close(self) -> None:
        """Nothing is kept open."""
