"""Query strings: every parameter is known and given once, or the request is refused."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError

from entrypoints.api.answers import ApiRequest
from entrypoints.api.operations import OPERATION, operation_of
from entrypoints.api.refusals import InvalidParameter, MalformedRequest, UnknownParameter
from entrypoints.api.validation import problems_of

_FIELDS = 50
Q = TypeVar("Q", bound=BaseModel)


async def refuse_unknown_parameters(request: ApiRequest) -> None:
    """Runs before each handler: a misspelt filter must not silently select everything."""
    if OPERATION not in request.route_handler.opt:
        return  # Litestar's own answer to OPTIONS
    operation = operation_of(request.route_handler)
    known = operation.query.model_fields if operation.query else {}
    for name in _parameters(request):
        if name not in known:
            raise UnknownParameter(name=name)


def query_of(request: ApiRequest, model: type[Q]) -> Q:
    """The query string as *model*. Raises InvalidParameter naming each."""
    try:
        return model.model_validate_strings(_parameters(request))
    except ValidationError as error:
        raise InvalidParameter(*problems_of(error)) from error


def _parameters(request: ApiRequest) -> dict[str, str]:
    raw = request.scope["query_string"]
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise MalformedRequest from error
    parameters = dict(pairs)
    if len(parameters) != len(pairs) or any("\x00" in text for pair in pairs for text in pair):
        raise MalformedRequest
    return parameters
