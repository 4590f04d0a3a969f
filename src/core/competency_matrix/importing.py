"""What became of the rows of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.competency_matrix.files import QuestionRow
from core.errors import Problem


class RowOutcome(StrEnum):
    """PRESENT: the site has it already. SKIPPED: nobody chose it. REFUSED: something is wrong with it."""

    ADDED = "added"
    PRESENT = "present"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """*slug* is the address at which the question stands, *question_id* which one it is, where that is known."""

    row: QuestionRow
    outcome: RowOutcome
    slug: str = ""
    question_id: str = ""
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """One line for each row, in their order; *sheets* are the keys of those that are new."""

    lines: Sequence[RowLine]
    sheets: Sequence[str] = ()

    @property
    def totals(self) -> Mapping[RowOutcome, int]:
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in RowOutcome}
