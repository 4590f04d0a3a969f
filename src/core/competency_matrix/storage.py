"""Where questions are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.access import Scope
from core.competency_matrix.cards import Beside, CellCount, EvidenceLink, FoundQuestions, QuestionCard, WorkCounts
from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.resources import ResourceId
from core.competency_matrix.sheets import SheetId
from core.competency_matrix.texts import Frequency
from core.identity import UserId
from core.pagination import NumberedPage, Slice
from core.publication import PublicationStatus

ALIKE = 0.5
"""How much of their trigrams two questions share that are probably the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFilter:
    """Which questions a list holds. *status* None: of any; *scope* OWN: only those of *viewer*. *section* is the id of
    a section or of a subsection. *lack* is a code of readiness ("no_answer"), *is_flagged* those that left public view
    by themselves. *resource*: only those it is attached to. Trashed ones only with *is_trashed*, and then only they.

    *text* is searched in question, hint, answer and expectation of all languages."""

    now: datetime
    status: PublicationStatus | None = PublicationStatus.PUBLISHED
    scope: Scope = Scope.ALL
    viewer: UserId | None = None
    sheet_id: SheetId | None = None
    section: str | None = None
    grades: frozenset[GradeKey] = frozenset()
    frequencies: frozenset[Frequency] = frozenset()
    has_evidence: bool = False
    lack: str | None = None
    is_flagged: bool = False
    resource: ResourceId | None = None
    slug: str | None = None
    text: str | None = None
    is_trashed: bool = False


class QuestionStorage(Protocol):
    async def get(self, question_id: str) -> Question:
        """Raises QuestionNotFound."""
        ...

    async def get_by_slug(self, slug: str, *, now: datetime) -> Question:
        """What visitors can read. Raises QuestionNotFound."""
        ...

    async def find_by_slug(self, slug: str) -> Question | None:
        """The question that holds this address, public or not, trashed or not."""
        ...

    async def find_former(self, slug: str, *, now: datetime) -> Question | None:
        """What visitors can read and had this address before; of several, what was changed last."""
        ...

    async def list_held(self, slugs: Sequence[str]) -> frozenset[str]:
        """Those of *slugs* that a question holds, trashed ones too; one query."""
        ...

    async def list_cards(self, wanted: QuestionFilter, *, lang: str) -> Sequence[QuestionCard]:
        """All of them, without a limit, by subsection (in no order of these), grade and position, then by creation.
        One query, however many there are."""
        ...

    async def list_numbered(
        self, wanted: QuestionFilter, *, lang: str, number: int, size: int
    ) -> NumberedPage[QuestionCard]:
        """Last changed first; one query."""
        ...

    async def list_slice(self, wanted: QuestionFilter, *, limit: int, cursor: str | None) -> Slice[Question]:
        """Whole questions, newest first: by publication, drafts by their last change. Raises Invalid on a cursor that
        we did not make."""
        ...

    async def list_many(self, question_ids: Sequence[str]) -> Sequence[Question]:
        """Those that are there, trashed ones too, in no order; one query."""
        ...

    async def list_newest(self, *, now: datetime, sheet_id: SheetId | None, limit: int) -> Sequence[Question]:
        """What visitors can read, whole, by the later of publication and last change, newest first; one query."""
        ...

    async def list_evidence(self, names: Sequence[str], *, now: datetime) -> Sequence[EvidenceLink]:
        """The posts with these ids or addresses, public or not, none from the trash, in no order; one query."""
        ...

    async def search(
        self, wanted: QuestionFilter, *, lang: str, number: int, size: int, is_brief: bool = False
    ) -> FoundQuestions:
        """Ranked: words of the question count most, then the hint, then answer and expectation; stems as each language
        has them, the last word also as a beginning; a mistyped word is taken for the nearest. At most two queries.

        *is_brief*: without snippets, which cost more than the search.
        """
        ...

    async def look_beside(self, question: Question, *, now: datetime, lang: str) -> Beside:
        """At most two queries."""
        ...

    async def list_doubles(
        self, question: str, *, now: datetime, own: QuestionId | None, limit: int
    ) -> Sequence[QuestionCard]:
        """Questions of the same fingerprint, then those that are alike (by trigrams, at least ALIKE of 1), nearest
        first; not *own*, none from the trash; in the site's own language."""
        ...

    async def find_by_fingerprint(self, fingerprint: str) -> Question | None:
        """One that says the same but for case and space, not from the trash."""
        ...

    async def count_cells(self, *, now: datetime) -> Sequence[CellCount]:
        """Of all sheets; one query."""
        ...

    async def count_in(self, place_ids: Sequence[str]) -> int:
        """How many questions stand in these subsections, trashed ones too."""
        ...

    async def count_places(self) -> Mapping[str, int]:
        """By subsection how many questions stand in it, trashed ones too; empty ones are left out. One query."""
        ...

    async def count_with_grade(self, grade: GradeKey) -> int:
        """Trashed ones too."""
        ...

    async def count_work(self, wanted: QuestionFilter) -> WorkCounts:
        """*wanted* says whose, of which sheet and at what time; its other fields do not matter."""
        ...

    async def add(self, question: Question) -> Question:
        """At the end of its cell. Raises QuestionSlugTaken at once; the transaction goes on."""
        ...

    async def save(self, question: Question) -> Question:
        """Return it with the next version; one that came into another cell stands at its end. Raises StaleVersion or
        QuestionSlugTaken."""
        ...

    async def save_many(self, questions: Sequence[Question]) -> Sequence[Question]:
        """The same for several at once, all or none, in their order. Raises StaleVersion."""
        ...

    async def save_rendered(self, question: Question) -> bool:
        """Keep HTML and what else rendering gave; the version stays. False, and nothing done, when the text was saved
        anew in between."""
        ...

    async def move_all(self, place_ids: Sequence[str], *, sheet_id: SheetId, subsection_id: str) -> int:
        """Put all questions of these subsections, trashed ones too, at the end of another one; return how many. Each
        gets its next version."""
        ...

    async def settle(self, subsection_ids: Sequence[str], *, sheet_id: SheetId) -> None:
        """What these subsections hold stands in *sheet_id* now: they came from another sheet. Each question gets its
        next version."""
        ...

    async def order(
        self, subsection_id: str, grade: GradeKey | None, question_ids: Sequence[str], *, expected: Sequence[str]
    ) -> None:
        """As SheetStorage.order, for the questions of one cell (without trashed ones)."""
        ...

    async def list_outdated(self, version: int, *, limit: int) -> Sequence[Question]:
        """Whose HTML an older renderer than *version* made, trashed ones too."""
        ...

    async def list_mentioning(
        self, mentions: Sequence[str], *, limit: int, after: QuestionId | None = None
    ) -> Sequence[Question]:
        """Those whose answers link to or show any of *mentions*, by id, those behind *after*; without trashed ones."""
        ...

    async def delete_trashed(self, *, before: datetime) -> Sequence[QuestionId]:
        """Forget for good what was thrown away before *before*; return which."""
        ...
