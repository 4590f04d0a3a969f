"""Several questions changed at once: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionNotFound, SomeNotReady
from core.competency_matrix.limits import BULK_MAX
from core.errors import Invalid, Problem
from core.text import N_


class NewState(StrEnum):
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    TRASHED = "trashed"
    RESTORED = "restored"


def refuse_too_many(question_ids: Sequence[str]) -> None:
    """Raises Invalid."""
    if not question_ids:
        raise Invalid(Problem.of("questions", N_("Choose at least one question.")))
    if len(question_ids) > BULK_MAX:
        raise Invalid(Problem.of("questions", N_("At most %(limit)d entries, please."), limit=BULK_MAX))


def whole(question_ids: Sequence[str], found: Sequence[Question]) -> Sequence[Question]:
    """*found* in the order of *question_ids*, each once. Raises QuestionNotFound when one is missing."""
    by_id = {str(question.id): question for question in found}
    if any(question_id not in by_id for question_id in question_ids):
        raise QuestionNotFound
    return [by_id[question_id] for question_id in dict.fromkeys(question_ids)]


def changed_states(
    questions: Sequence[Question], state: NewState, *, now: datetime
) -> Sequence[tuple[Question, Question]]:
    """Those that *state* changes, before and after. Raises SomeNotReady naming all that lack something, or
    QuestionInTrash."""
    if state is NewState.PUBLISHED:
        lacking = {question.id: question.lacks() for question in questions if question.lacks()}
        if lacking:
            raise SomeNotReady({str(question_id): lacks for question_id, lacks in lacking.items()})
    pairs = ((question, _changed(question, state, now)) for question in questions)
    return [(before, after) for before, after in pairs if before != after]


def _changed(question: Question, state: NewState, now: datetime) -> Question:
    if state is NewState.PUBLISHED:
        return question.publish(at=now, now=now)
    if state is NewState.WITHDRAWN:
        return question.withdraw(now=now)
    return question.trash(at=now) if state is NewState.TRASHED else question.restore()
