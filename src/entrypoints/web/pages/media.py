"""Pictures, streamed from the site's bucket."""

import re

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath
from litestar.types import ASGIApp

from core.media.entities import Rendition
from core.media.storage import Content
from core.media.use_cases.open_media import OpenMedia
from entrypoints.http.context import RequestFacts
from entrypoints.http.sending import Headers
from entrypoints.http.streaming import Streamed
from entrypoints.web.rendering import WebRequest, is_known

UNSATISFIABLE = (-1, -1)
_FOR_GOOD = b"public, max-age=31536000, immutable"
_UNTIL_ASKED = b"public, no-cache"
_CONDITIONS = frozenset({"range", "if-none-match"})
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@get("/media/{key:str}")
@inject
async def show(
    request: WebRequest, key: FromPath[str], open_media: FromDishka[OpenMedia], facts: FromDishka[RequestFacts]
) -> ASGIApp:
    if not facts.is_head and _CONDITIONS.isdisjoint(request.headers):
        opened = await open_media(key)
        return _answer(200, [*_headers(opened.rendition), *_body_headers(opened.rendition)], opened.content)
    return await _conditional(request, key, open_media, is_head=facts.is_head)


async def _conditional(request: WebRequest, name: str, open_media: OpenMedia, *, is_head: bool) -> ASGIApp:
    """Look first, and open only what is really wanted."""
    described = (await open_media(name, with_content=False)).rendition
    headers = _headers(described)
    if is_known(request.headers.get("if-none-match"), _tag(described)):
        return _answer(304, headers)
    wanted = _range(request, described)
    if wanted == UNSATISFIABLE:
        return _answer(416, [*headers, (b"content-range", f"bytes */{described.size}".encode())])
    start, length = wanted or (0, described.size)
    headers += _body_headers(described, length)
    if wanted:
        headers.append((b"content-range", f"bytes {start}-{start + length - 1}/{described.size}".encode()))
    status = 206 if wanted else 200
    if is_head:
        return _answer(status, headers)
    opened = await open_media(name, start=start, length=length if wanted else None)
    return _answer(status, headers, opened.content)


def _answer(status: int, headers: Headers, content: Content | None = None) -> ASGIApp:
    return Streamed(status, headers, content.chunks if content else None)


def _tag(sent: Rendition) -> str:
    return f'"{sent.tag}"'


def _headers(sent: Rendition) -> Headers:
    """A size of a picture may be kept for good: replaced, it has another address. The address that texts name stays,
    so whoever kept what it gave asks whether that is still it."""
    return [
        (b"etag", _tag(sent).encode()),
        (b"cache-control", _FOR_GOOD if sent.is_lasting else _UNTIL_ASKED),
        (b"accept-ranges", b"bytes"),
        (b"content-disposition", b"inline"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    ]


def _body_headers(sent: Rendition, length: int | None = None) -> Headers:
    size = sent.size if length is None else length
    return [(b"content-type", sent.content_type.encode()), (b"content-length", str(size).encode())]


def _range(request: WebRequest, sent: Rendition) -> tuple[int, int] | None:
    """Start and length of one range (RFC 9110, 14.1.2), None for the whole: several ranges, other units, and ranges of
    an older content may be ignored."""
    found = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if found is None or found[1] == found[2] == "":
        return None
    if request.headers.get("if-range", _tag(sent)) != _tag(sent):
        return None
    if not found[1]:
        length = min(int(found[2]), sent.size)
        return (sent.size - length, length) if length else UNSATISFIABLE
    start = int(found[1])
    end = min(int(found[2] or sent.size - 1), sent.size - 1)
    if found[2] and int(found[2]) < start:
        return None
    return (start, end - start + 1) if start < sent.size else UNSATISFIABLE
