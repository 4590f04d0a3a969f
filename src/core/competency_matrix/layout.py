"""How the questions of a sheet lie: in rows by section and subsection, in columns by grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.competency_matrix.cards import CellCount, QuestionCard
from core.competency_matrix.grades import Grade, GradeKey, MatrixSettings
from core.competency_matrix.sheets import Section, Sheet, Subsection


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """*grade* None: what has none yet."""

    grade: Grade | None
    cards: tuple[QuestionCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    subsection: Subsection
    cells: tuple[Cell, ...]

    @property
    def cards(self) -> tuple[QuestionCard, ...]:
        return tuple(card for cell in self.cells for card in cell.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    section: Section
    rows: tuple[Row, ...]

    @property
    def cards(self) -> tuple[QuestionCard, ...]:
        return tuple(card for row in self.rows for card in row.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many questions there are, how many of them have evidence, and how many are of each grade."""

    questions: int = 0
    with_evidence: int = 0
    by_grade: Mapping[GradeKey, int]


def laid_out(sheet: Sheet, cards: Sequence[QuestionCard], settings: MatrixSettings) -> tuple[Band, ...]:
    """*cards* (in order within their cells) in the order of *sheet* and of the grades. All rows have the same cells,
    with one for what has no grade where there is anything of the kind."""
    known = {grade.key for grade in settings.grades}
    has_others = any(card.grade not in known for card in cards)
    grades: tuple[Grade | None, ...] = (*settings.grades, None) if has_others else settings.grades
    cells: dict[tuple[str, GradeKey | None], list[QuestionCard]] = {}
    for card in cards:
        cells.setdefault((card.subsection_id, card.grade if card.grade in known else None), []).append(card)

    def row(subsection: Subsection) -> Row:
        held = ((grade, cells.get((subsection.id, grade.key if grade else None), ())) for grade in grades)
        return Row(subsection=subsection, cells=tuple(Cell(grade=grade, cards=tuple(found)) for grade, found in held))

    return tuple(Band(section=section, rows=tuple(map(row, section.subsections))) for section in sheet.sections)


def in_order(bands: Iterable[Band]) -> tuple[QuestionCard, ...]:
    """As the list shows them."""
    return tuple(card for band in bands for card in band.cards)


def tally(counts: Iterable[CellCount]) -> Tally:
    by_grade: dict[GradeKey, int] = {}
    questions = with_evidence = 0
    for count in counts:
        questions += count.questions
        with_evidence += count.with_evidence
        if count.grade is not None:
            by_grade[count.grade] = by_grade.get(count.grade, 0) + count.questions
    return Tally(questions=questions, with_evidence=with_evidence, by_grade=by_grade)
