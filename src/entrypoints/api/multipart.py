"""Forms with one file and perhaps some words (multipart/form-data, RFC 7578), counted while they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.api.answers import ApiRequest
from entrypoints.api.bodies import require_type
from entrypoints.api.refusals import BodyTooLarge, MalformedBody

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FORM = "multipart/form-data"
AROUND_BYTES = 16 * 1024


class Sink(Protocol):
    """What takes a file's bytes."""

    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShape:
    """*file* is the name of the file's field, of at most *limit* bytes, else *too_large* makes the error; *texts* are
    the other fields with their limits in bytes."""

    file: str
    limit: int
    too_large: Callable[[], Exception]
    texts: Mapping[str, int]


class MultipartForm:
    """Hands the file on to *sink* while the parser finds it; after `read`, *filename* (None: there was no file), *size*
    and *texts* tell the rest."""

    def __init__(self, shape: FormShape, sink: Sink) -> None:
        self.filename: str | None = None
        self.size = 0
        self._shape = shape
        self._sink = sink
        self._raw: dict[str, bytearray] = {}
        self._part: str | None = None
        self._seen: set[str] = set()
        self._headers: dict[str, bytes] = {}
        self._header_name = self._header_value = b""
        self._has_ended = False

    def text(self, name: str) -> str:
        """What was typed into the field; empty when it did not come. Raises MalformedBody."""
        return text_of(self._raw.get(name, b""))

    async def read(self, request: ApiRequest) -> None:
        """Raises UnsupportedType, MalformedBody, Invalid for fields that there are not, or what the shape says as soon
        as too much has come."""
        require_type(request, FORM)
        most = self._shape.limit + AROUND_BYTES
        announced = request.headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > most:
            raise self._shape.too_large()
        boundary = request.content_type[1].get("boundary", "").strip('"').encode("latin-1", "replace")
        if not boundary:
            raise MalformedBody
        total = 0
        try:
            parser = MultipartParser(boundary, self._callbacks())
            async for chunk in request.stream():
                total += len(chunk)
                if total > most:
                    raise self._shape.too_large()
                parser.write(chunk)
        except FormParserError as error:
            raise MalformedBody from error
        if not self._has_ended:
            raise MalformedBody

    def _callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._headers.clear,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_end": self._on_end,
        }

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header_name.decode("latin-1").lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        name, filename = text_of(options.get(b"name", b"")), options.get(b"filename")
        if name != self._shape.file and name not in self._shape.texts:
            raise Invalid(Problem.of(name, N_("There is no such field.")))
        if name in self._seen:
            raise MalformedBody
        self._seen.add(name)
        self._part = name
        if name == self._shape.file and filename is not None:
            self.filename = text_of(filename)

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._part is None:
            raise MalformedBody
        if self._part == self._shape.file:
            self.size += end - start
            if self.size > self._shape.limit:
                raise self._shape.too_large()
            self._sink.write(data[start:end])
            return
        kept = self._raw.setdefault(self._part, bytearray())
        kept += data[start:end]
        if len(kept) > self._shape.texts[self._part]:
            raise BodyTooLarge(limit=self._shape.texts[self._part])

    def _on_end(self) -> None:
        self._has_ended = True


def text_of(raw: bytes | bytearray) -> str:
    """Raises MalformedBody for what is no text that can be stored."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise MalformedBody from error
    if "\x00" in text:
        raise MalformedBody
    return text
