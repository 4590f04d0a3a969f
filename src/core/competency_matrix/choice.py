"""What somebody who looks through the matrix wants to see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import SheetId
from core.competency_matrix.storage import QuestionFilter
from core.competency_matrix.texts import Frequency


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """*section* is the id of a section or of a subsection; of *grades* and *frequencies* any, none means all."""

    section: str | None = None
    grades: frozenset[GradeKey] = frozenset()
    frequencies: frozenset[Frequency] = frozenset()
    has_evidence: bool = False
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        return self != Choice()

    def filter(self, *, now: datetime, sheet_id: SheetId | None = None) -> QuestionFilter:
        """Of what visitors can read."""
        return QuestionFilter(
            now=now,
            sheet_id=sheet_id,
            section=self.section,
            grades=self.grades,
            frequencies=self.frequencies,
            has_evidence=self.has_evidence,
            text=self.text.strip() or None,
        )
