"""Grades, questions and counts as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from core.competency_matrix.cards import FoundQuestion, QuestionCard
from core.competency_matrix.grades import Grade, GradeKey, MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.texts import Frequency
from core.searching import Piece
from core.text import N_
from entrypoints.web.pages.matrix.addresses import question_url
from entrypoints.web.views import TextPiece
from entrypoints.web.views.matrix import GradeMark, QuestionItem

MARK_LENGTH = 8
"""So many characters of its id name a question in what a visitor's browser keeps and in a link that carries it: 32
bits, so that two of the same sheet are hardly ever taken for each other."""
SHADES = 12
FREQUENCIES = {
    Frequency.CONSTANTLY: N_("asked constantly"),
    Frequency.OFTEN: N_("often asked"),
    Frequency.RARELY: N_("rarely asked"),
    Frequency.NEVER: N_("never seen asked"),
}
Say = Callable[[str], str]
Marks = Mapping[GradeKey, GradeMark]


def grade_marks(settings: MatrixSettings) -> Marks:
    """Each grade of the site, in order, from the lightest shade to the deepest."""
    steps = max(1, len(settings.grades) - 1)
    return {grade.key: _mark(grade, place, steps) for place, grade in enumerate(settings.grades)}


def _mark(grade: Grade, place: int, steps: int) -> GradeMark:
    shade = 1 + round((SHADES - 1) * place / steps)
    return GradeMark(key=grade.key, name=grade.name, shade=shade, colour=grade.colour)


def mark_of(question_id: str) -> str:
    return question_id[:MARK_LENGTH]


def question_item(card: QuestionCard, sheet: Sheet, marks: Marks, say: Say) -> QuestionItem:
    return QuestionItem(
        title=card.question,
        url=question_url(sheet, card.slug),
        mark=mark_of(card.id),
        hint=card.hint,
        grade=marks.get(card.grade) if card.grade else None,
        frequency=say(FREQUENCIES[card.frequency]) if card.frequency else "",
        evidence=card.evidence,
    )


def text_pieces(pieces: Sequence[Piece]) -> tuple[TextPiece, ...]:
    return tuple(TextPiece(text=piece.text, is_match=piece.is_match) for piece in pieces)


def place_of(sheet: Sheet, subsection_id: str) -> str:
    """In words: section and subsection."""
    for section in sheet.sections:
        for subsection in section.subsections:
            if subsection.id == subsection_id:
                return f"{section.name} · {subsection.name}"
    return ""


def by_id(found: Sequence[FoundQuestion]) -> Mapping[str, FoundQuestion]:
    return {one.card.id: one for one in found}
