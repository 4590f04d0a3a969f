"""Answers to GET and HEAD that a client may already have."""

from __future__ import annotations

from pydantic import BaseModel

from entrypoints.api.answers import Answer, ApiRequest, next_link, read, written
from entrypoints.api.etags import content_tag, is_known


def one(request: ApiRequest, model: BaseModel, *, tag: str | None = None) -> Answer:
    """A thing, under its version's *tag* or else under one made of its content."""
    body = written(model)
    tag = tag or content_tag(body)
    return read(body, tag=tag, is_known=is_known(request, tag))


def many(request: ApiRequest, model: BaseModel, next_cursor: str | None) -> Answer:
    """A part of a list."""
    body = written(model)
    tag = content_tag(body)
    link = next_link(request, next_cursor)
    return read(body, tag=tag, is_known=is_known(request, tag), headers=link)
