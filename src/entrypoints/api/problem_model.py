"""Problem details as the OpenAPI document tells of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from entrypoints.api.readiness_models import ReadinessItemShown
from entrypoints.api.v1.matrix.card_models import CardShown

EXAMPLE: JsonDict = {
    "type": "https://anna.example/api/docs#problem-invalid",
    "title": "Something needs correcting",
    "status": 422,
    "detail": "Please correct the marked fields.",
    "code": "invalid",
    "request_id": "4f1c2d3e4b5a69788796a5b4c3d2e1f0",
    "errors": [{"pointer": "/tags/0", "detail": "A text is expected here."}],
}


class ErrorShown(BaseModel):
    """One thing wrong: *pointer* (RFC 6901) leads to it in the body; it is empty where a *parameter* of the query or
    a *header* is meant."""

    pointer: str
    detail: str
    parameter: str | None = None
    header: str | None = None


class LackingShown(BaseModel):
    """What one of several questions lacks."""

    id: str
    readiness: list[ReadinessItemShown]


class ProblemShown(BaseModel):
    """Why something was refused (RFC 9457). *code* is for programs and never changes, *detail* is for people and comes
    in their language; *request_id* finds the request in the log; *readiness* is what a text lacks that could not be
    published, warnings too. Of the matrix: *order* is the one that stands, *alike* what resembles a suggestion or is a
    question of the same words, *questions* which of several lack something, *count* how many questions are in the way.
    Of a 403: the *action* that was not allowed, and where its *explanation* can be asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    type: Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[ErrorShown] | None = None
    readiness: list[ReadinessItemShown] | None = None
    order: list[str] | None = None
    alike: list[CardShown] | None = None
    questions: list[LackingShown] | None = None
    count: int | None = None
    action: str | None = None
    explanation: Annotated[str | None, Field(json_schema_extra={"format": "uri"})] = None
