"""What a text lacks, as programs see it."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ConfigDict
from pydantic.config import JsonDict

from core.blog.readiness import ReadinessItem, Severity, errors_of
from entrypoints.api.models import Shown
from entrypoints.api.validation import pointer_to
from entrypoints.http.translations import Catalogue

ITEM_EXAMPLE: JsonDict = {
    "code": "missing_alt",
    "severity": "warning",
    "pointer": "/body",
    "line": 12,
    "detail": "The picture /media/0d9f1c2b.webp has no description for those who cannot see it.",
}


class ReadinessItemShown(Shown):
    """One thing to see to: *pointer* (RFC 6901) names the field, *line* the line of the body, from 1 on. An error
    forbids to publish, a warning does not; *code* never changes."""

    code: str
    severity: Severity
    pointer: str
    line: int | None
    detail: str


class ReadinessShown(Shown):
    """*is_ready*: nothing forbids to publish it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_ready": True, "items": [ITEM_EXAMPLE]}]})

    is_ready: bool
    items: tuple[ReadinessItemShown, ...]

    @classmethod
    def of(cls, items: Sequence[ReadinessItem], words: Catalogue) -> ReadinessShown:
        return cls(is_ready=not errors_of(items), items=tuple(_shown(item, words) for item in items))


def _shown(item: ReadinessItem, words: Catalogue) -> ReadinessItemShown:
    return ReadinessItemShown(
        code=item.code,
        severity=item.severity,
        pointer=pointer_to(item.field),
        line=item.line,
        detail=words.problem(item.problem),
    )
