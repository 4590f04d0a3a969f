"""Posts that show a skill may be drafts yet, of which visitors know nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.access import Access, Action
from core.competency_matrix.entities import Question
from core.competency_matrix.storage import QuestionStorage


async def as_far_as_seen(
    found: Sequence[Question], *, access: Access, questions: QuestionStorage, now: datetime
) -> Sequence[Question]:
    """*found* with the evidence that the actor may know of: all of it at questions that she could see before they were
    public, elsewhere what visitors can read. One query at most."""
    veiled = {
        question.id
        for question in found
        if question.evidence and not access.can(Action.READ_UNPUBLISHED_QUESTION, on=question)
    }
    if not veiled:
        return found
    named = sorted({post_id for question in found if question.id in veiled for post_id in question.evidence})
    public = {link.post_id for link in await questions.list_evidence(named, now=now) if link.is_public}

    def seen(question: Question) -> Question:
        return replace(question, evidence=tuple(post_id for post_id in question.evidence if post_id in public))

    return [seen(question) if question.id in veiled else question for question in found]
