"""What a question lacks before visitors should see it."""

from __future__ import annotations

from dataclasses import dataclass

from core.competency_matrix.texts import QuestionText
from core.errors import Problem
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLack:
    """One thing to see to: what to do, and in which field, as the sentence of *problem*. *code* is stable, for
    programs and for the filter of the desk's list."""

    code: str
    problem: Problem


_LACKS = (
    ("no_question", "question", N_("Write the question.")),
    ("no_grade", "grade", N_("Choose a grade.")),
    ("no_answer", "answer", N_("Write the answer.")),
    ("no_expectation", "expectation", N_("Write what an interviewer expects to hear.")),
)
LACK_CODES = tuple(code for code, _, _ in _LACKS)


def lacks(text: QuestionText) -> tuple[QuestionLack, ...]:
    """What forbids to publish *text*, in the order of the form. Its address is always there."""
    return tuple(
        QuestionLack(code=code, problem=Problem.of(field, words))
        for code, field, words in _LACKS
        if not str(getattr(text, field) or "").strip()
    )
