"""Answers to GET and HEAD that a client may already have, packed where that is worth it."""

from __future__ import annotations

import gzip

from pydantic import BaseModel

from entrypoints.api.answers import JSON, Answer, ApiRequest, answer, next_link, written
from entrypoints.api.etags import content_tag, is_known, packed_tag
from entrypoints.http.assets import accepts_gzip

WORTH_PACKING = 4096
_PRIVATE = {"cache-control": "private, no-cache", "vary": "Accept-Encoding, Authorization"}


def one(request: ApiRequest, model: BaseModel, *, tag: str | None = None) -> Answer:
    """A thing, under its version's *tag* or else under one made of its content."""
    body = written(model)
    return told(request, body, tag=tag or content_tag(body), headers=_PRIVATE)


def many(request: ApiRequest, model: BaseModel, next_cursor: str | None) -> Answer:
    """A part of a list."""
    body = written(model)
    return told(request, body, tag=content_tag(body), headers={**_PRIVATE, **next_link(request, next_cursor)})


def text(request: ApiRequest, body: bytes) -> Answer:
    """A document that is the same for all who may read it."""
    return told(request, body, tag=content_tag(body), headers=_PRIVATE)


def told(request: ApiRequest, body: bytes, *, tag: str, headers: dict[str, str], media_type: str = JSON) -> Answer:
    """*body* to a reader, or 304 when she has it. Long ones are packed: no proxy in front of us may do it, since it
    would change the ETag."""
    packs = len(body) >= WORTH_PACKING and accepts_gzip(request.headers.get("accept-encoding", "").encode())
    tag = packed_tag(tag) if packs else tag
    shown = {**headers, "etag": tag}
    if is_known(request, tag):
        return answer(304, b"", shown)
    if packs:
        body, shown["content-encoding"] = gzip.compress(body, 5, mtime=0), "gzip"
    return answer(200, body, shown, media_type=media_type)
