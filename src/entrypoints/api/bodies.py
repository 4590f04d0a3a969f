"""Bodies of requests: read with a limit, refused when they are not what they claim to be."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from core.errors import Invalid
from entrypoints.api.answers import JSON, ApiRequest
from entrypoints.api.models import Wanted
from entrypoints.api.refusals import BodyTooLarge, MalformedBody, UnsupportedType
from entrypoints.api.validation import problems_of

BODY_BYTES = 1024 * 1024
MERGE_PATCH = "application/merge-patch+json"

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
M = TypeVar("M", bound=BaseModel)


async def raw_body(request: ApiRequest, *, limit: int = BODY_BYTES) -> bytes:
    """The whole body. Raises BodyTooLarge as soon as it is longer than *limit*."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise BodyTooLarge(limit=limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge(limit=limit)
    return bytes(body)


async def json_body(request: ApiRequest, model: type[M], *others: str) -> tuple[M, bytes]:
    """The JSON body as *model*, and its bytes; *others* are types that it may come as too. Raises UnsupportedType,
    MalformedBody or Invalid."""
    require_type(request, JSON, *others)
    raw = await raw_body(request)
    return validated(parsed(raw), model), raw


async def optional_json_body(request: ApiRequest, model: type[M]) -> M:
    """Like json_body, and an empty body is an empty object."""
    raw = await raw_body(request)
    if raw:
        require_type(request, JSON)
    return validated(parsed(raw) if raw else {}, model)


async def no_body(request: ApiRequest) -> bytes:
    """What came where nothing is expected: nothing, or an empty object. Raises Invalid for anything more."""
    raw = await raw_body(request)
    if raw:
        require_type(request, JSON)
        validated(parsed(raw), Wanted)
    return raw


async def patched(request: ApiRequest, current: M) -> M:
    """*current* changed by the merge patch (RFC 7396) in the body."""
    require_type(request, MERGE_PATCH, JSON)
    patch = parsed(await raw_body(request))
    return validated(merged(current.model_dump(mode="json"), patch), type(current))


def merged(target: Json, patch: Json) -> Json:
    """What *patch* makes of *target*: objects are merged, null removes, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def require_type(request: ApiRequest, *wanted: str) -> None:
    """Raise UnsupportedType unless the body comes plain and as one of *wanted*, in UTF-8 where that is said."""
    kind, parameters = request.content_type
    is_plain = request.headers.get("content-encoding", "identity").lower() == "identity"
    is_utf8 = parameters.get("charset", "utf-8").strip('"').lower() in ("utf-8", "utf8")
    if kind.lower() not in wanted or not (is_plain and is_utf8):
        raise UnsupportedType(wanted=" / ".join(wanted))


def parsed(raw: bytes) -> Json:
    """*raw* as JSON. Its parser ends deep nesting, endless numbers and lone surrogates with an error; NUL, which
    PostgreSQL cannot store, is refused here."""
    try:
        value: Json = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise MalformedBody from error
    if _has_nul(value):
        raise MalformedBody
    return value


def validated(value: Json, model: type[M]) -> M:
    """*value* as *model*. Raises Invalid naming each field."""
    try:
        return model.model_validate_json(to_json(value), strict=True)
    except ValidationError as error:
        raise Invalid(*problems_of(error)) from error


def _has_nul(value: Json) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(name) or _has_nul(entry) for name, entry in value.items())
    return isinstance(value, list) and any(_has_nul(entry) for entry in value)
