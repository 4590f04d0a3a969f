"""What the API answers with, as bytes, so that an answer can be digested, kept and repeated."""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

from litestar import Request, Response
from pydantic import BaseModel

ApiRequest: TypeAlias = Request[Any, Any, Any]
Answer: TypeAlias = Response[bytes]

JSON = "application/json"


def answer(status: int, body: bytes, headers: dict[str, str], *, media_type: str = JSON) -> Answer:
    return Response(content=body, status_code=status, headers=headers, media_type=media_type)


def written(model: BaseModel) -> bytes:
    return model.model_dump_json().encode()


def shown(model: BaseModel, *, tag: str | None = None, status: int = 200, location: str | None = None) -> Answer:
    """*model* as it stands after a write."""
    headers = {"cache-control": "no-store"}
    if tag is not None:
        headers["etag"] = tag
    if location is not None:
        headers["location"] = location
    return answer(status, written(model), headers)


def gone(*, tag: str | None = None) -> Answer:
    return answer(204, b"", {"etag": tag} if tag else {})


def next_link(request: ApiRequest, cursor: str | None) -> dict[str, str]:
    """The Link header (RFC 8288) to the next part of the list that *request* asked for."""
    if cursor is None:
        return {}
    asked = dict(parse_qsl(request.scope["query_string"].decode("ascii", "replace"), keep_blank_values=True))
    return {"link": f'<{request.scope["path"]}?{urlencode({**asked, "cursor": cursor})}>; rel="next"'}
