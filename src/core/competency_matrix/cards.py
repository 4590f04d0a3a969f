"""Questions as lists and pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.competency_matrix.entities import QuestionId
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.resources import Resource
from core.competency_matrix.sheets import SheetId
from core.competency_matrix.texts import Frequency
from core.identity import UserId
from core.pagination import NumberedPage
from core.publication import PublicationStatus
from core.searching import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """A question as grids and lists show it, in the language that was asked for where it has it. *evidence* is how
    many of its posts visitors can read."""

    id: QuestionId
    slug: str
    sheet_id: SheetId
    subsection_id: str
    question: str
    hint: str
    grade: GradeKey | None
    frequency: Frequency | None
    position: int
    evidence: int
    status: PublicationStatus
    is_flagged: bool
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuestion:
    """*card* with the finds marked in its question, and a *snippet* of where they stand."""

    card: QuestionCard
    question: Sequence[Piece]
    snippet: Sequence[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuestions:
    """*corrected* is what was searched in the place of a mistyped text."""

    page: NumberedPage[FoundQuestion]
    corrected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """How many questions that visitors can read one subsection has of one grade, and how many of them have evidence."""

    sheet_id: SheetId
    subsection_id: str
    grade: GradeKey | None
    questions: int
    with_evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink:
    """A post that shows the skill; *owner_id* wrote it."""

    post_id: str
    slug: str
    title: str
    is_public: bool
    owner_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedResource:
    resource: Resource
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a question: its resources and evidence in their order (only posts that visitors can read),
    and the previous and next question that they can read, in the order of the sheet's list."""

    resources: Sequence[AttachedResource] = ()
    evidence: Sequence[EvidenceLink] = ()
    previous: QuestionCard | None = None
    following: QuestionCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts:
    """The owner's work: questions by status (published, scheduled, draft, withdrawn), by what they lack (codes of
    readiness), and those *flagged* and in the trash."""

    statuses: Mapping[PublicationStatus, int]
    lacks: Mapping[str, int]
    flagged: int
    trashed: int
