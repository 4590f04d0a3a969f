"""Rows of files, with all that a question needs."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.competency_matrix.files import FoundMatrix, QuestionRow
from core.competency_matrix.planting import QuestionCode, SheetCode
from core.errors import Problem

CODE = QuestionCode(
    sheet="python",
    section="Language",
    subsection="Names",
    question="What is a closure?",
    answer="A function with its names.",
    expectation="Names, not values.",
    slug="closure",
    grade="junior",
)


def row(
    number: int = 2,
    code: QuestionCode = CODE,
    *,
    is_public: bool = False,
    published_at: datetime | None = None,
    lang: str = "",
    problems: tuple[Problem, ...] = (),
    **changes: Any,
) -> QuestionRow:
    """*changes* are of the code."""
    return QuestionRow(
        number=number,
        code=replace(code, **changes),
        is_public=is_public,
        published_at=published_at,
        lang=lang,
        problems=problems,
    )


def found(*rows: QuestionRow, sheets: tuple[SheetCode, ...] = ()) -> FoundMatrix:
    return FoundMatrix(rows=rows, sheets=sheets)
