"""How much of the matrix has questions, and how many of these have evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.competency_matrix.cards import CellCount
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.layout import Tally, tally
from core.competency_matrix.sheets import Section, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How many questions of one grade visitors can read, and how many of these show evidence."""

    questions: int = 0
    with_evidence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCoverage:
    """*cells* are in the order of the grades."""

    section: Section
    cells: tuple[Covered, ...]

    @property
    def questions(self) -> int:
        return sum(cell.questions for cell in self.cells)

    @property
    def with_evidence(self) -> int:
        return sum(cell.with_evidence for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCoverage:
    sheet: Sheet
    sections: tuple[SectionCoverage, ...]
    tally: Tally


def coverage_of(sheet: Sheet, counts: Sequence[CellCount], settings: MatrixSettings) -> SheetCoverage:
    """*counts* may hold those of other sheets too."""
    own = [count for count in counts if count.sheet_id == sheet.id]
    sections = tuple(_covered(section, own, settings) for section in sheet.sections)
    return SheetCoverage(sheet=sheet, sections=sections, tally=tally(own))


def _covered(section: Section, counts: Sequence[CellCount], settings: MatrixSettings) -> SectionCoverage:
    within = {str(subsection.id) for subsection in section.subsections}
    cells = []
    for grade in settings.grades:
        found = [count for count in counts if count.subsection_id in within and count.grade == grade.key]
        cells.append(
            Covered(
                questions=sum(count.questions for count in found),
                with_evidence=sum(count.with_evidence for count in found),
            )
        )
    return SectionCoverage(section=section, cells=tuple(cells))
