"""Uploads (multipart/form-data, RFC 7578), counted while they come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from core.errors import Invalid, Problem
from core.media.entities import ALT_LENGTH, UPLOAD_BYTES
from core.media.errors import FileTooLarge
from core.text import N_
from entrypoints.api.answers import ApiRequest
from entrypoints.api.bodies import require_type
from entrypoints.api.refusals import BodyTooLarge, MalformedBody

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FORM = "multipart/form-data"
FILE, ALT = "file", "alt"
_TEXT_BYTES = ALT_LENGTH * 4 + 1
_AROUND_BYTES = 16 * 1024
_PARTS = 2


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


@dataclass(slots=True)
class _Part:
    name: str
    filename: str | None
    content: bytearray = field(default_factory=bytearray)


async def upload_of(request: ApiRequest) -> Upload:
    """The form's file and alternative text. Raises FileTooLarge as soon as too much has come."""
    require_type(request, FORM)
    _refuse_announced(request)
    boundary = request.content_type[1].get("boundary", "").strip('"').encode("latin-1", "replace")
    form = _Form()
    await form.read(request, boundary)
    return form.upload()


def _refuse_announced(request: ApiRequest) -> None:
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > UPLOAD_BYTES + _AROUND_BYTES:
        raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)


class _Form:
    """Collects parts while the parser finds them."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {}
        self._part: _Part | None = None
        self._headers: dict[str, bytes] = {}
        self._header_name = self._header_value = b""
        self._has_ended = False

    async def read(self, request: ApiRequest, boundary: bytes) -> None:
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._headers.clear,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_end": self._on_end,
        }
        if not boundary:
            raise MalformedBody
        total = 0
        try:
            parser = MultipartParser(boundary, callbacks)
            async for chunk in request.stream():
                total += len(chunk)
                if total > UPLOAD_BYTES + _AROUND_BYTES:
                    raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)
                parser.write(chunk)
        except FormParserError as error:
            raise MalformedBody from error

    def upload(self) -> Upload:
        """Raises MalformedBody for a form that does not end, Invalid for one without a file."""
        if not self._has_ended:
            raise MalformedBody
        file, alt = self._parts.get(FILE), self._parts.get(ALT)
        if file is None or file.filename is None:
            raise Invalid(Problem.of(FILE, N_("Choose a picture to upload.")))
        return Upload(content=bytes(file.content), filename=file.filename, alt=_text(alt.content) if alt else "")

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header_name.decode("latin-1").lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        name, filename = _text(options.get(b"name", b"")), options.get(b"filename")
        if name not in (FILE, ALT):
            raise Invalid(Problem.of(name, N_("There is no such field.")))
        if name in self._parts or len(self._parts) >= _PARTS:
            raise MalformedBody
        self._part = _Part(name, None if filename is None else _text(filename))
        self._parts[name] = self._part

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        if part is None:
            raise MalformedBody
        part.content += data[start:end]
        if part.name == FILE and len(part.content) > UPLOAD_BYTES:
            raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)
        if part.name == ALT and len(part.content) > _TEXT_BYTES:
            raise BodyTooLarge(limit=_TEXT_BYTES)

    def _on_end(self) -> None:
        self._has_ended = True


def _text(raw: bytes | bytearray) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise MalformedBody from error
    if "\x00" in text:
        raise MalformedBody
    return text
