"""Zips, from whatever program, as long as they are harmless."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from io import BufferedIOBase
from pathlib import Path
from typing import IO, BinaryIO, cast

from core.blog.archives import BadArchive
from core.text import N_
from services.archives.files import ENTRIES, NESTED, NO_PLAIN_FILE, counts, refuse_bad_name, refuse_beyond_limits

RATIO = 200
SMALL_BYTES = 8 * 1024**2
DIRECTORY_BYTES = 8 * 1024**2
_UTF8 = 0x800
_ENCRYPTED = 0x1 | 0x40
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_END, _END64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _LOCATOR_BYTES, _END64_BYTES, _COMMENT_BYTES = 22, 20, 56, 65_535
_CYRILLIC = re.compile(r"(?!.*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]))[\x20-\x7eЀ-ӿ№]+")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class ZipFiles:
    """Raises BadArchive for bombs, links, encrypted entries and names that lead elsewhere."""

    def __init__(self, path: Path) -> None:
        _refuse_huge_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise BadArchive(N_("The zip is broken: %(reason)s"), reason=str(error)) from None
        try:
            self._entries = _entries(self._zip)
        except BadArchive:
            self._zip.close()
            raise
        names = sorted(self._entries)
        self.nested: Sequence[str] = [name for name in names if name.lower().endswith(NESTED)]
        self.names: Sequence[str] = [name for name in names if not name.lower().endswith(NESTED)]

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, _Entry(name, self._zip.open(self._entries[name])))
        except _BROKEN as error:
            raise _unreadable(name, error) from None

    def close(self) -> None:
        self._zip.close()


class _Entry(BufferedIOBase):
    """Errors of the unpacking come as ours."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self._name, self._stream = name, stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return self._stream.read(-1 if size is None else size)
        except _BROKEN as error:
            raise _unreadable(self._name, error) from None

    def close(self) -> None:
        self._stream.close()
        super().close()


def _unreadable(name: str, error: Exception) -> BadArchive:
    return BadArchive(N_("“%(name)s” cannot be read: %(reason)s"), name=name, reason=str(error))


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for number, info in enumerate(archive.infolist(), start=1):
        name = _name(info)
        refuse_bad_name(name.rstrip("/") or "/")
        _refuse_hostile(name, info)
        total += info.file_size
        refuse_beyond_limits(number, total)
        if name.endswith("/") or not counts(name):
            continue
        if name in found:
            raise BadArchive(N_("The zip has “%(name)s” twice. Please pack it anew."), name=name)
        found[name] = info
    return found


def _refuse_hostile(name: str, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise BadArchive(N_("“%(name)s” in the zip is encrypted. Please pack it without a password."), name=name)
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadArchive(NO_PLAIN_FILE, name=name)
    if info.compress_type not in _METHODS:
        message = N_("“%(name)s” is packed in a way that is not read here. Please use an ordinary zip.")
        raise BadArchive(message, name=name)
    if info.file_size > SMALL_BYTES and info.file_size > RATIO * info.compress_size:
        raise BadArchive(N_("“%(name)s” unpacks to far more than it should: this looks like a zip bomb."), name=name)


def _name(info: zipfile.ZipInfo) -> str:
    """Names are UTF-8 when the entry says so; if not, they may be it all the same, or of an old Russian Windows."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437")
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            russian = raw.decode("cp866")
            name = russian if _CYRILLIC.fullmatch(russian) else name
    return name.replace("\\", "/")


def _refuse_huge_directory(path: Path) -> None:
    """The list of entries is read whole, so its size is looked at first; zipfile goes by the same two records."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        start = max(0, size - _COMMENT_BYTES - _END_BYTES - _LOCATOR_BYTES - _END64_BYTES)
        stream.seek(start)
        tail = stream.read()
    if len(tail) < _END_BYTES or _END not in tail:
        raise BadArchive(N_("The file is no zip, or it is not complete."))
    for end in (place.start() for place in re.finditer(re.escape(_END), tail)):
        if len(tail) - end >= _END_BYTES:
            entries, length = struct.unpack_from("<HL", tail, end + 10)
            _refuse_many(entries if entries != 0xFFFF else 0, length if length != 0xFFFFFFFF else 0)
    for end in (place.start() for place in re.finditer(re.escape(_END64), tail)):
        if len(tail) - end >= _END64_BYTES:
            _refuse_many(*struct.unpack_from("<QQ", tail, end + 32))


def _refuse_many(entries: int, length: int) -> None:
    refuse_beyond_limits(entries, 0)
    if length > DIRECTORY_BYTES:
        raise BadArchive(N_("The archive has more than %(limit)d files. Please split it."), limit=ENTRIES)
