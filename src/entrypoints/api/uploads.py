"""Pictures that are uploaded."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from core.errors import Invalid, Problem
from core.media.entities import ALT_LENGTH, UPLOAD_BYTES
from core.media.errors import FileTooLarge
from core.text import N_
from entrypoints.api.answers import ApiRequest
from entrypoints.api.multipart import FORM, FormShape, MultipartForm

__all__ = ["FORM", "Upload", "upload_of"]

FILE, ALT = "file", "alt"
SHAPE = FormShape(
    file=FILE,
    limit=UPLOAD_BYTES,
    too_large=lambda: FileTooLarge(UPLOAD_BYTES // 1024 // 1024),
    texts={ALT: ALT_LENGTH * 4 + 1},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    content: bytes
    filename: str
    alt: str

    @property
    def identity(self) -> bytes:
        """What makes two uploads the same; their bytes on the wire differ by the boundary alone."""
        parts = (self.content, self.filename.encode(), self.alt.encode())
        return b"".join(sha256(part).digest() for part in parts)


async def upload_of(request: ApiRequest) -> Upload:
    """The form's file and alternative text. Raises FileTooLarge as soon as too much has come, MalformedBody for a form
    that is none, Invalid for one without a file."""
    kept = BytesIO()
    form = MultipartForm(SHAPE, kept)
    await form.read(request)
    if form.filename is None:
        raise Invalid(Problem.of(FILE, N_("Choose a picture to upload.")))
    return Upload(content=kept.getvalue(), filename=form.filename, alt=form.text(ALT))
