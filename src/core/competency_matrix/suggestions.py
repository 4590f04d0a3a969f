"""Questions that visitors propose."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from core.competency_matrix.errors import SuggestionDecided
from core.competency_matrix.texts import QUESTION_LENGTH, fingerprint
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


def new_suggestion(
    question: str, *, remark: str, name: str, sheet_id: str | None, grade: str | None, at: datetime
) -> Suggestion:
    """Raises Invalid."""
    found = []
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
        sheet_id=sheet_id,
        grade=grade,
        created_at=at,
    )
