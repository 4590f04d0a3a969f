"""What the page of documentation shows, taken from the OpenAPI document."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from entrypoints.api.refusal_codes import RefusalCode, refusal_codes
from entrypoints.api.schemas import Document
from entrypoints.http.translations import Catalogue

_EMPHASIS = re.compile(r"\*([^*\s][^*]*)\*")
_CODE = re.compile(r"`([^`]+)`")
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParameter:
    name: str
    place: str
    is_required: bool
    about: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiField:
    name: str
    kind: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiOperation:
    """*sample* is a curl command; *fields* are those of the body; *answer* is an example of what comes back."""

    id: str
    method: str
    path: str
    summary: str
    about: tuple[Markup, ...]
    parameters: tuple[ApiParameter, ...]
    fields: tuple[ApiField, ...]
    sample: str
    answer: str
    status: str
    refusals: tuple[str, ...]
    needs_token: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiGroup:
    name: str
    about: str
    operations: tuple[ApiOperation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage:
    about: tuple[Markup, ...]
    groups: tuple[ApiGroup, ...]
    codes: tuple[RefusalCode, ...]


def api_page(document: Document, catalogue: Catalogue) -> ApiPage:
    told = [_operation(document, path, method) for path, methods in document["paths"].items() for method in methods]
    groups = tuple(
        ApiGroup(
            name=tag["name"],
            about=tag["description"],
            operations=tuple(operation for name, operation in told if name == tag["name"]),
        )
        for tag in document["tags"]
    )
    return ApiPage(about=_paragraphs(document["info"]["description"]), groups=groups, codes=refusal_codes(catalogue))


def _operation(document: Document, path: str, method: str) -> tuple[str, ApiOperation]:
    told = document["paths"][path][method]
    status, answer = next(iter(told["responses"].items()))
    operation = ApiOperation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        about=_paragraphs(told["description"]),
        parameters=tuple(_parameter(document, parameter) for parameter in told["parameters"]),
        fields=_fields(document, told.get("requestBody")),
        sample=_curl(document, path, method, told),
        answer=_pretty(_example(answer.get("content"))),
        status=status,
        refusals=tuple(status for status in told["responses"] if status.isdecimal() and status >= "400"),
        needs_token="security" not in told,
    )
    return told["tags"][0], operation


def _parameter(document: Document, told: Document) -> ApiParameter:
    if "$ref" in told:
        told = document["components"]["parameters"][told["$ref"].rpartition("/")[2]]
    about = told.get("description") or _kind(document, told["schema"])
    return ApiParameter(name=told["name"], place=told["in"], is_required=told["required"], about=_inline(about))


def _fields(document: Document, body: Document | None) -> tuple[ApiField, ...]:
    if body is None:
        return ()
    schema = _resolved(document, next(iter(body["content"].values()))["schema"])
    required = schema.get("required", ())
    return tuple(
        ApiField(name=name, kind=_kind(document, told), is_required=name in required)
        for name, told in schema["properties"].items()
    )


def _resolved(document: Document, schema: Document) -> Document:
    if "$ref" not in schema:
        return schema
    found: Document = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _kind(document: Document, schema: Document) -> str:
    """A schema in a few words: "text, at most 200", "list of text", "one of en, ru"."""
    schema = _resolved(document, schema)
    if "enum" in schema:
        return "one of " + ", ".join("null" if value is None else str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " / ".join(dict.fromkeys(_kind(document, part) for part in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema['items'])}"
    words = [str(schema.get("format") or schema.get("type", "any"))]
    words += [f"at most {schema[limit]}" for limit in ("maxLength", "maximum") if limit in schema]
    return ", ".join(words)


def _curl(document: Document, path: str, method: str, told: Document) -> str:
    site_url = document["servers"][0]["url"]
    lines = [f"curl {site_url}{path}" if method == "get" else f"curl -X {method.upper()} {site_url}{path}"]
    if "security" not in told:
        lines.append("-H 'Authorization: Bearer ACCESS_TOKEN'")
    if any(parameter.get("name") == "If-Match" for parameter in told["parameters"]):
        lines.append("-H 'If-Match: \"7-json\"'")
    lines += _curl_body(told.get("requestBody"))
    return " \\\n  ".join(lines)


def _curl_body(body: Document | None) -> list[str]:
    if body is None:
        return []
    media_type, content = next(iter(body["content"].items()))
    if media_type == _MULTIPART:
        return ["-F file=@picture.png", "-F 'alt=What the picture shows'"]
    data = json.dumps(content["example"], ensure_ascii=False).replace("'", "'\\''")
    return [f"-H 'Content-Type: {media_type}'", f"--data '{data}'"]


def _example(content: Document | None) -> Any:
    return next(iter(content.values())).get("example") if content else None


def _pretty(example: Any) -> str:
    return "" if example is None else json.dumps(example, ensure_ascii=False, indent=2)


def _paragraphs(text: str) -> tuple[Markup, ...]:
    return tuple(_inline(" ".join(part.split())) for part in text.split("\n\n"))


def _inline(text: str) -> Markup:
    """*text* of ours with its two kinds of marks as HTML."""
    marked = _CODE.sub(r"<code>\1</code>", str(escape(text)))
    return Markup(_EMPHASIS.sub(r"<em>\1</em>", marked))  # noqa: S704 - escaped just above, and the text is our own
