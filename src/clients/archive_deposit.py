"""Uploaded archives in a site's bucket, in pieces: each is put whole or not at all, and none fills the memory."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core.blog.import_errors import ArchiveGone
from core.blog.import_runs import PART_BYTES
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.storage import Files


@dataclass(frozen=True, slots=True)
class _Piece:
    content: bytes
    content_type: str = "application/octet-stream"


class BucketDeposit:
    def __init__(self, files: Files) -> None:
        self._files = files

    async def put(self, parts: Sequence[str], content: AsyncIterable[bytes]) -> None:
        begun: list[str] = []
        pieces = _pieces(content)
        try:
            for name in parts:
                begun.append(name)
                await self._files.put(MediaKey(name), _Piece(await anext(pieces)))
        except BaseException:
            self.forget(begun)
            raise

    @asynccontextmanager
    async def fetch(self, parts: Sequence[str], *, filename: str) -> AsyncIterator[Path]:
        folder = await asyncio.to_thread(TemporaryDirectory, prefix="terrace-import-")
        try:
            path = Path(folder.name) / filename
            for name in parts:
                await asyncio.to_thread(_append, path, await self._read(name))
            yield path
        finally:
            await asyncio.to_thread(folder.cleanup)

    def forget(self, parts: Sequence[str]) -> None:
        self._files.forget([MediaKey(name) for name in parts])

    async def _read(self, name: str) -> bytes:
        try:
            found = await self._files.open(MediaKey(name))
        except MediaNotFound as error:
            raise ArchiveGone from error
        return b"".join([chunk async for chunk in found.chunks])


async def _pieces(content: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """The same bytes, PART_BYTES at a time."""
    held = bytearray()
    async for chunk in content:
        held += chunk
        while len(held) >= PART_BYTES:
            yield bytes(held[:PART_BYTES])
            del held[:PART_BYTES]
    if held:
        yield bytes(held)


def _append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)
