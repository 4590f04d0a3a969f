"""Our own export as files: front matter that every YAML reader takes for the same words, and a zip of lasting bytes."""

from __future__ import annotations

import asyncio
import json
import stat
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from io import BytesIO, RawIOBase

from core.blog.exports import MANIFEST_FORMAT, MANIFEST_VERSION, ExportedFile, ExportedPicture, ExportedText

_AGES_AGO = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_UNIX = 3


class TerraceWriter:
    """The writer of archives. Nothing in them depends on when, where or by which release they were written."""

    def text(self, exported: ExportedText) -> bytes:
        """The front matter, an empty line, and the body byte for byte."""
        return "".join(["---\n", *_lines(exported), "---\n\n", exported.text.body]).encode()

    def manifest(self, digests: Mapping[str, str], pictures: Sequence[ExportedPicture]) -> bytes:
        told = {
            "format": MANIFEST_FORMAT,
            "version": MANIFEST_VERSION,
            "files": dict(sorted(digests.items())),
            "media": [{"name": one.name, "alt": one.alt, "sha256": digests[one.path]} for one in pictures],
        }
        return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()

    async def zipped(self, files: AsyncGenerator[ExportedFile, None]) -> AsyncIterator[bytes]:
        """Nothing is compressed: pictures are already, and how texts come out would depend on the zlib at hand."""
        window = _Window()
        async with aclosing(files):
            archive = zipfile.ZipFile(window, "w", zipfile.ZIP_STORED)
            async for file in files:
                await asyncio.to_thread(archive.writestr, entry(file.path), file.content)
                yield window.taken()
            archive.close()
        yield window.taken()


class _Window(RawIOBase):
    """A file of which only the end is kept, what nobody has taken yet: headers are completed there."""

    def __init__(self) -> None:
        self._start = 0
        self._kept = BytesIO()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, content: bytes, /) -> int:  # type: ignore[override]  # zipfile writes bytes and nothing else
        return self._kept.write(content)

    def tell(self) -> int:
        return self._start + self._kept.tell()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._start + self._kept.seek(offset - self._start if whence == 0 else offset, whence)

    def taken(self) -> bytes:
        content = self._kept.getvalue()
        self._start += len(content)
        self._kept = BytesIO()
        return content


def entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, date_time=_AGES_AGO)
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    return info


def _lines(exported: ExportedText) -> Iterator[str]:
    text = exported.text
    yield from _words(title=text.title, slug=text.slug, always=True)
    yield from _moment("date", exported.published_at)
    yield from _moment("created", exported.created_at)
    yield from _moment("updated", exported.updated_at)
    yield from _flags(
        draft=not exported.is_public,
        withdrawn=not exported.is_public and exported.published_at is not None,
        pinned=text.is_pinned,
    )
    yield from _words(lang=text.lang, author=exported.author_name)
    yield from _list("tags", text.tags)
    yield from _words(description=text.description, cover=text.cover or "", cover_alt=text.cover_alt)
    yield from _words(series=text.series)
    if text.series_part is not None:
        yield f"series_part: {text.series_part}\n"
    yield from _words(
        translation_of=text.translation_of,
        meta_title=text.meta_title,
        meta_description=text.meta_description,
        canonical_url=text.canonical_url,
    )
    yield from _list("aliases", exported.aliases)
    yield from _words(origin=exported.origin)


def _words(*, always: bool = False, **said: str) -> Iterator[str]:
    return (f"{name}: {quoted(words)}\n" for name, words in said.items() if words or always)


def _list(name: str, said: Sequence[str]) -> Iterator[str]:
    if said:
        yield f"{name}: [{', '.join(map(quoted, said))}]\n"


def _flags(**said: bool) -> Iterator[str]:
    return (f"{name}: true\n" for name, is_so in said.items() if is_so)


def _moment(name: str, at: datetime | None) -> Iterator[str]:
    if at is not None:
        told = at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
        yield f"{name}: {told}Z\n"


def quoted(words: str) -> str:
    """*words* between quotes on one line, as YAML and JSON read them, with everything that cannot be seen spelt out."""
    return "".join(char if char.isprintable() else _spelt(char) for char in json.dumps(words, ensure_ascii=False))


def _spelt(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
