"""Earlier states of a question, and what is being written about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.texts import QuestionText
from core.identity import Actor, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRevision:
    """The *text* as somebody saved it; *number* is the version that the question had then."""

    question_id: QuestionId
    number: int
    text: QuestionText
    saved_at: datetime
    saved_by: UserId | None
    saved_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCopy:
    """What somebody typed about a question and has not saved: nobody else sees it. It began from *base_version*.
    *typed* is the form by its fields, as it was: half an address, too, is a word that must not be lost."""

    question_id: QuestionId
    user_id: UserId
    typed: Mapping[str, str]
    base_version: int
    saved_at: datetime


class QuestionCopyStorage(Protocol):
    async def find(self, question_id: QuestionId, user_id: UserId) -> QuestionCopy | None: ...

    async def keep(self, copy: QuestionCopy) -> None:
        """In the place of this person's earlier one of the same question, if any."""
        ...

    async def discard(self, question_id: QuestionId, user_id: UserId) -> None:
        """Nothing when there is none."""
        ...


class QuestionRevisionStorage(Protocol):
    async def add(self, revision: QuestionRevision) -> None: ...

    async def list_newest(
        self, question_id: QuestionId, *, limit: int, before: int | None = None
    ) -> Sequence[QuestionRevision]:
        """Newest first, whole texts; with *before* only older ones."""
        ...

    async def get(self, question_id: QuestionId, number: int) -> QuestionRevision:
        """Raises QuestionRevisionNotFound."""
        ...


def revision_of(question: Question, actor: Actor) -> QuestionRevision:
    """*question* as *actor* has just saved it."""
    return QuestionRevision(
        question_id=question.id,
        number=question.version,
        text=question.text,
        saved_at=question.updated_at,
        saved_by=actor.user_id,
        saved_by_name=actor.name,
    )
