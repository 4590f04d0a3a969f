"""What questions were before."""

from dataclasses import replace
from typing import Any

from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionRevision
from tests.core.house import House
from tests.core.makers import NOW


def has_revision(house: House, question: Question, number: int, **changes: Any) -> QuestionRevision:
    """*question* as it was at version *number*, when *changes* were otherwise."""
    revision = QuestionRevision(
        question_id=question.id,
        number=number,
        text=replace(question.text, **changes),
        saved_at=NOW,
        saved_by=question.author_id,
        saved_by_name="Author",
    )
    house.question_revisions.kept[question.id, number] = revision
    house.transaction.settle()
    return revision
