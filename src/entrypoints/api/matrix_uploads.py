"""Files of questions that are uploaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from core.competency_matrix.files import FILE_BYTES, ROWS_MAX, MatrixFormat, file_too_large
from core.competency_matrix.question_imports import matrix_format_named
from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.api.answers import ApiRequest
from entrypoints.api.multipart import FormShape, MultipartForm

FILE, FORMAT, ROWS = "file", "format", "rows"
ROWS_BYTES = 12 * 1024
SHAPE = FormShape(file=FILE, limit=FILE_BYTES, too_large=file_too_large, texts={FORMAT: 64, ROWS: ROWS_BYTES})
_RANGE = re.compile(r"\s*([0-9]{1,7})\s*(?:-\s*([0-9]{1,7})\s*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixUpload:
    """*form* is None for whatever it turns out to be, *rows* for all that are new."""

    content: bytes
    filename: str
    form: MatrixFormat | None
    rows: frozenset[int] | None

    @property
    def identity(self) -> bytes:
        """What makes two uploads the same."""
        told = f"{self.filename}\n{self.form}\n{sorted(self.rows) if self.rows is not None else None}\n"
        return sha256(told.encode() + self.content).digest()


async def matrix_upload_of(request: ApiRequest) -> MatrixUpload:
    """Raises BadMatrixFile as soon as too much has come, MalformedBody for a form that is none, Invalid for a format or
    rows that there cannot be."""
    kept = BytesIO()
    form = MultipartForm(SHAPE, kept)
    await form.read(request)
    named, rows = matrix_format_named(form.text(FORMAT)), rows_named(form.text(ROWS))
    return MatrixUpload(content=kept.getvalue(), filename=form.filename or "", form=named, rows=rows)


def rows_named(text: str) -> frozenset[int] | None:
    """None for nothing. Raises Invalid."""
    if not text.strip():
        return None
    ranges = [_RANGE.fullmatch(part) for part in text.split(",")]
    found: set[int] = set()
    for each in ranges:
        first, last = (int(each[1]), int(each[2] or each[1])) if each else (1, 0)
        # A blank row counts, so that numbers go somewhat beyond the most questions; nobody needs a range without end.
        if first > last or last - first > 2 * ROWS_MAX:
            raise Invalid(Problem.of(ROWS, N_("Write the numbers of rows like this: 2-40,43.")))
        found.update(range(first, last + 1))
    return frozenset(found)
