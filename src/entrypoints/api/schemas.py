"""Models, parameters and headers as OpenAPI's components."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from entrypoints.api.answers import JSON
from entrypoints.api.bodies import MERGE_PATCH
from entrypoints.api.operations import Operation, Precondition
from entrypoints.api.problem_model import ProblemShown

Document: TypeAlias = dict[str, Any]

_REF = "#/components/schemas/{model}"
_PATH_PARAMETER = re.compile(r"\{(\w+)\}")
_PROBLEM_JSON = "application/problem+json"
_TEXT = {"type": "string"}
SECURITY: tuple[Document, ...] = ({"bearer": []}, {"token": []})
_PARAMETERS = {
    "If-Match": "The ETag of what was read, or `*`. Its version is compared, whatever representation it came with.",
    "If-None-Match": "The ETag of an earlier answer; it is answered with 304 while it stands.",
    "Idempotency-Key": (
        "1 to 255 characters that name this one request. Sent again within 24 hours it gets the first answer and "
        "changes nothing; with another body it is refused."
    ),
}
_HEADERS = {
    "ETag": "The version of what is shown.",
    "Location": "Where it is now.",
    "Link": 'The next part of the list, as `rel="next"`; absent at the end.',
    "X-Request-ID": "Names this request in the log.",
    "Retry-After": "After how many seconds trying again makes sense.",
    "WWW-Authenticate": "The scheme to sign in with: Bearer.",
    "RateLimit-Policy": 'The quotas that count, such as `"token";q=600;w=60`: 600 requests in 60 seconds.',
    "RateLimit": 'What is left of them, such as `"token";r=587;t=42`: 587 requests in the next 42 seconds.',
}
_REFUSAL_HEADERS = {401: "WWW-Authenticate", 412: "ETag", 429: "Retry-After", 503: "Retry-After"}


class Schemas:
    """All models of some operations."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        wanted = {each.body for each in operations if each.body}
        shown = {each.shows for each in operations if each.shows} | {ProblemShown}
        models: list[tuple[type[BaseModel], Any]] = [(model, "validation") for model in wanted]
        models += [(model, "serialization") for model in shown]
        models.sort(key=lambda pair: pair[0].__name__)
        self._refs, document = models_json_schema(models, ref_template=_REF)
        self.definitions: Document = document["$defs"]
        for operation in operations:
            if operation.body and MERGE_PATCH in operation.body_types:
                self._add_patch(operation.body)

    def request_body(self, operation: Operation) -> Document:
        if operation.body is None:
            raise ValueError("this operation has no body")
        is_patch = MERGE_PATCH in operation.body_types
        ref = self._refs[operation.body, "validation"]
        schema = {"$ref": f"{ref['$ref']}Patch"} if is_patch else ref
        content: Document = {"schema": schema}
        example = operation.example or _example(operation.body)
        if example is not None:
            content["example"] = example
        return {
            "required": not operation.is_body_optional,
            "content": dict.fromkeys(operation.body_types, content),
        }

    def content(self, model: type[BaseModel]) -> Document:
        content: Document = {"schema": self._refs[model, "serialization"]}
        if (example := _example(model)) is not None:
            content["example"] = example
        return {JSON: content}

    def _add_patch(self, model: type[BaseModel]) -> None:
        """What a merge patch of *model* may hold: any of its fields, each of them also null."""
        name = self._refs[model, "validation"]["$ref"].rpartition("/")[2]
        patch: Document = copy.deepcopy(self.definitions[name])
        patch.pop("required", None)
        patch.pop("examples", None)
        patch["title"] = f"{name}Patch"
        patch["description"] = "A merge patch (RFC 7396): what is not named stays, null takes away."
        patch["properties"] = {
            field: {"anyOf": [{key: value for key, value in told.items() if key != "default"}, {"type": "null"}]}
            for field, told in patch["properties"].items()
        }
        self.definitions[f"{name}Patch"] = patch


def components(schemas: Schemas, problems: Mapping[int, str]) -> Document:
    return {
        "schemas": schemas.definitions,
        "parameters": {
            name: {"name": name, "in": "header", "description": text, "required": False, "schema": _TEXT}
            for name, text in _PARAMETERS.items()
        },
        "headers": {name: {"description": text, "schema": _TEXT} for name, text in _HEADERS.items()},
        "responses": {f"Problem{status}": _problem(status, title) for status, title in problems.items()},
        "securitySchemes": {
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "PASETO",
                "description": "The access token of `POST /api/v1/sessions`, for 15 minutes: all that one may oneself.",
            },
            "token": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "trc_",
                "description": "An API token of `POST /api/v1/tokens`: what its scopes leave of its maker's rights.",
            },
        },
    }


def parameters_of(operation: Operation, method: str, path: str) -> list[Document]:
    told: list[Document] = [
        {"name": name, "in": "path", "required": True, "schema": _TEXT} for name in _PATH_PARAMETER.findall(path)
    ]
    if operation.query is not None:
        schema = operation.query.model_json_schema()
        defined = schema.get("$defs", {})
        told += [_query_parameter(name, field, defined) for name, field in schema["properties"].items()]
    if method == "get" and operation.has_etag:
        told.append({"$ref": "#/components/parameters/If-None-Match"})
    if method == "post":
        told.append({"$ref": "#/components/parameters/Idempotency-Key"})
    if operation.precondition is Precondition.OPTIONAL:
        told.append({"$ref": "#/components/parameters/If-Match"})
    if operation.precondition is Precondition.REQUIRED:
        required = {"name": "If-Match", "in": "header", "required": True, "schema": _TEXT}
        told.append({**required, "description": _PARAMETERS["If-Match"]})
    return told


def _query_parameter(name: str, field: Document, defined: Document) -> Document:
    """What may be absent is never null in a query string; what is *defined* beside the fields is told in its place."""
    schema = {key: value for key, value in field.items() if key not in ("title", "description", "anyOf")}
    for choice in field.get("anyOf", ()):
        if choice.get("type") != "null":
            schema |= choice
    if reference := schema.pop("$ref", None):
        named = defined[reference.rpartition("/")[2]]
        schema |= {key: value for key, value in named.items() if key not in ("title", "description")}
    if schema.get("default", "") is None:
        del schema["default"]
    return {"name": name, "in": "query", "required": False, "description": field["description"], "schema": schema}


def _problem(status: int, title: str) -> Document:
    told: Document = {
        "description": title,
        "content": {_PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemShown"}}},
    }
    if status in _REFUSAL_HEADERS:
        name = _REFUSAL_HEADERS[status]
        told["headers"] = {name: {"$ref": f"#/components/headers/{name}"}}
    return told


def _example(model: type[BaseModel]) -> Any:
    extra = model.model_config.get("json_schema_extra")
    examples = extra.get("examples") if isinstance(extra, dict) else None
    return examples[0] if isinstance(examples, list) else None
