"""The OpenAPI 3.1 document, made from the route table and what stands beside each handler."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from entrypoints.api.operations import OPERATION, Operation, Precondition, operation_of
from entrypoints.api.problems import PROBLEM_JSON, title_of
from entrypoints.api.schemas import SECURITY, Document, Schemas, components, parameters_of

OPENAPI = "3.1.0"
VERSION = "1.0"
Routes: TypeAlias = list["RoutedOperation"]

TAGS = {
    "posts": "What the site publishes, and what is on the way there.",
    "pages": "Free pages, which stand beside the blog.",
    "tags": "By what the posts of the site can be leafed through.",
    "matrix": "The competency matrix: sheets with sections and subsections, and the questions in them by grade.",
    "contacts": "What visitors write to the people of the site, and the form by which they do.",
    "trash": "Where deleted posts lie until they are restored.",
    "media": "Pictures in the site's own bucket.",
    "export": "All that the site has published and prepared, as one archive.",
    "imports": "Content of another site, from an uploaded archive: looked through, confirmed, brought in.",
    "roles": "Roles, what each may, and why somebody may do something or not.",
    "audit": "Who did what, and who was refused what.",
    "site": "What the site says about itself.",
    "sessions": "Signing in: an access token for 15 minutes, a refresh token for 30 days.",
    "factors": "What oneself signs in with beside the password: an app, passkeys, recovery codes.",
    "users": "The people of the site, and who is invited: roles, who is shut out, who goes.",
    "tokens": "What programs act with: `trc_…`, with scopes, made once and shown once, good until a day.",
    "webhooks": "Who is told of what happens, by Standard Webhooks, and what they said.",
    "whoami": "Whom the site takes one for.",
    "documentation": "This document.",
}
_DESCRIPTION = """\
Everything that the pages of this site can do, for programs. The site is the host that you ask; nothing else names it.

Reading what is published needs no token. For all else send `Authorization: Bearer …` with the access token of a session
(`POST /api/v1/sessions`) or an API token (`trc_…`, `POST /api/v1/tokens`); cookies mean nothing here.
Times are RFC 3339 in UTC, ids are opaque, refusals are problem details (RFC 9457) in the language of
`Accept-Language`.

How often you may ask, and what is left of that, each answer says (draft-ietf-httpapi-ratelimit-headers-11); after a 429
wait as long as `Retry-After` says."""
_METHODS = ("get", "post", "put", "patch", "delete")
_ALWAYS = (400, 401, 429, 503)
_EVERYWHERE = ("X-Request-ID", "RateLimit-Policy", "RateLimit")
_WITH_TOKEN = (403,)
_WITH_BODY = (413, 415)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutedOperation:
    path: str
    method: str
    handler: HTTPRouteHandler

    @property
    def operation(self) -> Operation:
        return operation_of(self.handler)


def routed_operations(app: Litestar) -> Iterator[RoutedOperation]:
    """Every operation of the route table, in its order."""
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            if OPERATION in handler.opt:
                method = next(iter(handler.http_methods)).lower()
                yield RoutedOperation(path=route.path_format, method=method, handler=handler)


def openapi_document(app: Litestar) -> Document:
    """The document without its servers, which each site adds for itself."""
    routed = sorted(routed_operations(app), key=lambda each: _METHODS.index(each.method))
    schemas = Schemas([each.operation for each in routed])
    paths: Document = {}
    for each in routed:
        paths.setdefault(each.path, {})[each.method] = _told(each, schemas)
    statuses = sorted({status for each in routed for status in refused_with(each.operation, each.method)})
    return {
        "openapi": OPENAPI,
        "info": {"title": "Terrace", "version": VERSION, "description": _DESCRIPTION},
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": components(schemas, {status: title_of(status) for status in statuses}),
        "security": [*SECURITY],
    }


def refused_with(operation: Operation, method: str) -> tuple[int, ...]:
    """The statuses of problems that *operation* can end in."""
    found = {*_ALWAYS, *operation.refusals}
    if not operation.is_public:
        found |= set(_WITH_TOKEN)
    if operation.body is not None:
        found |= set(_WITH_BODY)
    if operation.precondition is not Precondition.NONE:
        found.add(412)
    if operation.precondition is Precondition.REQUIRED:
        found.add(428)
    if method == "post":
        found.add(422)
    return tuple(sorted(found))


def described(operation: Operation) -> str:
    """What the use case says of itself, and what only the API has to add."""
    return "\n\n".join(text for text in (inspect.getdoc(operation.use_case), operation.note) if text)


def _told(each: RoutedOperation, schemas: Schemas) -> Document:
    operation = each.operation
    told: Document = {
        "operationId": each.handler.fn.__name__,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": described(operation),
        "parameters": parameters_of(operation, each.method, each.path),
        "responses": _responses(operation, each.method, schemas),
    }
    if operation.is_public:
        told["security"] = [{}, *SECURITY]
    if operation.body is not None:
        told["requestBody"] = schemas.request_body(operation)
    return told


def _responses(operation: Operation, method: str, schemas: Schemas) -> Document:
    responses: Document = {str(operation.status): _success(operation, schemas)}
    if operation.has_dry_run and operation.shows is not None:
        told = schemas.content(operation.shows)
        responses["200"] = {"description": "What would come of it; nothing is written.", "content": told}
    if method == "get" and operation.has_etag:
        responses["304"] = {"description": "Unchanged since the answer whose ETag If-None-Match names."}
    for status in refused_with(operation, method):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    responses["default"] = {
        "description": "Any other problem.",
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemShown"}}},
    }
    return responses


def _success(operation: Operation, schemas: Schemas) -> Document:
    headers: dict[str, Any] = {name: {"$ref": f"#/components/headers/{name}"} for name in _EVERYWHERE}
    if operation.has_etag:
        headers["ETag"] = {"$ref": "#/components/headers/ETag"}
    if operation.status in (201, 202):
        headers["Location"] = {"$ref": "#/components/headers/Location"}
    if operation.query is not None and "cursor" in operation.query.model_fields:
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    told: Document = {"description": _OUTCOMES[operation.status], "headers": headers}
    if operation.shows is not None:
        told["content"] = schemas.content(operation.shows)
    if operation.gives:
        told["content"] = {operation.gives: {}}
    return told


_OUTCOMES = {200: "As asked.", 201: "Made.", 202: "Begun.", 204: "Gone; there is nothing to say."}
