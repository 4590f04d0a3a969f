"""Archives that are uploaded: too large for memory, so they come into a file without a name, which goes with the
request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from core.blog.archives import ArchiveFormat
from core.blog.import_errors import ArchiveTooLarge
from core.blog.import_runs import ARCHIVE_BYTES, format_named
from entrypoints.api.multipart import FormShape, MultipartForm

if TYPE_CHECKING:
    from entrypoints.api.answers import ApiRequest

ARCHIVE, FORMAT = "archive", "format"
IN_MEMORY = 1024 * 1024
CHUNK = 256 * 1024
SHAPE = FormShape(
    file=ARCHIVE,
    limit=ARCHIVE_BYTES,
    too_large=lambda: ArchiveTooLarge(ARCHIVE_BYTES // 1024 // 1024),
    texts={FORMAT: 64},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedArchive:
    """*form* is None for whatever it turns out to be."""

    file: IO[bytes]
    size: int
    filename: str
    form: ArchiveFormat | None

    async def chunks(self) -> AsyncIterator[bytes]:
        self.file.seek(0)
        while chunk := await asyncio.to_thread(self.file.read, CHUNK):
            yield chunk

    async def identity(self) -> bytes:
        """What makes two uploads the same."""
        digest = sha256(f"{self.filename}\n{self.form}\n".encode())
        async for chunk in self.chunks():
            digest.update(chunk)
        return digest.digest()


@asynccontextmanager
async def uploaded_archive(request: ApiRequest) -> AsyncIterator[UploadedArchive]:
    """The form's archive, for as long as it is open. Raises ArchiveTooLarge as soon as too much has come, MalformedBody
    for a form that is none, Invalid for one without an archive or with a format that there is not."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        form = MultipartForm(SHAPE, file)
        await form.read(request)
        wanted = format_named(form.text(FORMAT))
        yield UploadedArchive(file=file, size=form.size, filename=form.filename or "", form=wanted)
