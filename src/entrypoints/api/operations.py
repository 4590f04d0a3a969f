"""What a route does, told once beside its handler: the OpenAPI document and the page of documentation read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from litestar import get, route
from litestar.enums import HttpMethod
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.types import Empty, EmptyType
from pydantic import BaseModel

OPERATION = "operation"


class Precondition(StrEnum):
    """Whether a request carries If-Match."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """*use_case* is the class whose docstring tells what happens; *body* and *shows* are models, which have their
    examples with them; *gives* is the media type of an answer that is no JSON; *example* is one for this operation's
    body; *refusals* are the statuses that it has beyond those that all have. *has_dry_run*: with ?dry_run=true it
    answers 200 in the same shape."""

    summary: str
    tag: str
    use_case: type
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    body_types: tuple[str, ...] = ("application/json",)
    is_body_optional: bool = False
    example: dict[str, Any] | None = None
    shows: type[BaseModel] | None = None
    gives: str = ""
    status: int = 200
    refusals: tuple[int, ...] = ()
    precondition: Precondition = Precondition.NONE
    has_etag: bool = True
    is_public: bool = False
    has_dry_run: bool = False
    note: str = ""


def reads(path: str, operation: Operation) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A GET route; HEAD reaches it as GET."""
    return get(path, opt={OPERATION: operation})


def writes(
    method: HttpMethod, path: str, operation: Operation, *, body_limit: int | EmptyType = Empty
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """*body_limit* in bytes where it is not the one that all have."""
    return route(
        path, http_method=[method], status_code=200, opt={OPERATION: operation}, request_max_body_size=body_limit
    )


def operation_of(handler: BaseRouteHandler) -> Operation:
    operation: Operation = handler.opt[OPERATION]
    return operation
