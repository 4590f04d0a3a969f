"""What refusals of the matrix tell beside their sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.blog.readiness import ReadinessItem, Severity
from core.competency_matrix.errors import GradeInUse, NotEmpty, QuestionNotReady, SomeNotReady
from core.competency_matrix.readiness import QuestionLack
from core.errors import TerraceError
from entrypoints.api.readiness_models import ReadinessShown
from entrypoints.api.refusals import AlikeThere, PresentOrder
from entrypoints.api.v1.matrix.card_models import cards_shown
from entrypoints.http.translations import Catalogue


def matrix_members(error: TerraceError | None, words: Catalogue) -> dict[str, Any]:
    """Members of the problem document (RFC 9457, 3.2)."""
    if isinstance(error, PresentOrder):
        return {"order": error.order}
    if isinstance(error, AlikeThere):
        return {"alike": [card.model_dump(mode="json") for card in cards_shown(error.alike)]}
    if isinstance(error, QuestionNotReady):
        return {"readiness": _readiness(error.lacks, words)}
    if isinstance(error, SomeNotReady):
        return {"questions": [{"id": one, "readiness": _readiness(lacks, words)} for one, lacks in error.lacks.items()]}
    if isinstance(error, NotEmpty | GradeInUse):
        return {"count": error.count}
    return {}


def _readiness(lacks: Sequence[QuestionLack], words: Catalogue) -> list[dict[str, Any]]:
    items = [ReadinessItem(code=lack.code, severity=Severity.ERROR, problem=lack.problem) for lack in lacks]
    return [item.model_dump() for item in ReadinessShown.of(items, words).items]
