"""Questions that visitors propose."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from core.competency_matrix.errors import SuggestionDecided
from core.competency_matrix.grades import GradeKey, MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.texts import QUESTION_LENGTH, QuestionText, fingerprint
from core.errors import Problem, refuse_if_any
from core.pagination import NumberedPage
from core.text import N_

SuggestionId = NewType("SuggestionId", str)

REMARK_LENGTH = 2_000
NAME_LENGTH = 100


class SuggestionState(StrEnum):
    NEW = "new"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """*question* as a visitor proposed it, with a *remark* (what a good answer would hold) and perhaps a name, for the
    sheet *sheet_id* (None: any). Once decided: *decided_at*, by whom, and the question that it became."""

    id: SuggestionId
    question: str
    created_at: datetime
    remark: str = ""
    name: str = ""
    sheet_id: str | None = None
    grade: str | None = None
    state: SuggestionState = SuggestionState.NEW
    decided_at: datetime | None = None
    decided_by_name: str = ""
    question_id: str | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.question)

    def text_for(self, subsection_id: str, grade: GradeKey | None) -> QuestionText:
        """A first draft of the question that it may become."""
        return QuestionText(subsection_id=subsection_id, question=self.question, expectation=self.remark, grade=grade)

    def accept(self, *, by_name: str, question_id: str, at: datetime) -> Suggestion:
        """Raises SuggestionDecided."""
        return replace(self._decided(SuggestionState.ACCEPTED, by_name, at), question_id=question_id)

    def reject(self, *, by_name: str, at: datetime) -> Suggestion:
        """Raises SuggestionDecided."""
        return self._decided(SuggestionState.REJECTED, by_name, at)

    def _decided(self, state: SuggestionState, by_name: str, at: datetime) -> Suggestion:
        if self.state is not SuggestionState.NEW:
            raise SuggestionDecided
        return replace(self, state=state, decided_by_name=by_name, decided_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a visitor typed, not yet checked; *sheet* is the address of a sheet, empty for any."""

    question: str
    remark: str = ""
    name: str = ""
    sheet: str = ""
    grade: str = ""


class SuggestionStorage(Protocol):
    async def add(self, suggestion: Suggestion) -> None: ...

    async def get(self, suggestion_id: SuggestionId | str) -> Suggestion:
        """Raises SuggestionNotFound."""
        ...

    async def save(self, suggestion: Suggestion) -> None:
        """Raises SuggestionDecided when somebody decided in between."""
        ...

    async def list_numbered(self, state: SuggestionState | None, *, number: int, size: int) -> NumberedPage[Suggestion]:
        """Newest first."""
        ...

    async def find_open(self, fingerprint: str) -> Suggestion | None:
        """A new one that says the same but for case and space."""
        ...

    async def count_open(self) -> int: ...


def new_suggestion(proposed: Proposed, *, sheet: Sheet | None, settings: MatrixSettings, at: datetime) -> Suggestion:
    """For *sheet*, if the one that was chosen exists. Raises Invalid."""
    question, remark, name = proposed.question, proposed.remark, proposed.name
    found = []
    for field, is_known in (("sheet", sheet is not None), ("grade", settings.grade(proposed.grade) is not None)):
        if getattr(proposed, field) and not is_known:
            found.append(Problem.of(field, N_("Choose one of those offered.")))
    if not question.strip():
        found.append(Problem.of("question", N_("Write the question.")))
    limits = (("question", question, QUESTION_LENGTH), ("remark", remark, REMARK_LENGTH), ("name", name, NAME_LENGTH))
    for field, value, limit in limits:
        if len(value) > limit:
            found.append(Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit))
    refuse_if_any(found)
    return Suggestion(
        id=SuggestionId(secrets.token_hex(16)),
        question=" ".join(question.split()),
        remark=remark.strip(),
        name=" ".join(name.split()),
        sheet_id=sheet.id if sheet else None,
        grade=proposed.grade or None,
        created_at=at,
    )
