"""What has to follow when a question changed: its history, and the texts that speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.audit import AuditTrail
from core.chronicle import Chronicle, Verbs
from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionRevisionStorage, revision_of
from core.events import EventKind, Events
from core.tasks import TaskKind, TaskStorage
from core.trash import KEPT_IN_TRASH

VERBS = Verbs(
    publish=Action.PUBLISH_QUESTION,
    withdraw=Action.WITHDRAW_QUESTION,
    trash=Action.TRASH_QUESTION,
    restore=Action.RESTORE_QUESTION,
    published=EventKind.QUESTION_PUBLISHED,
    updated=EventKind.QUESTION_UPDATED,
    withdrawn=EventKind.QUESTION_WITHDRAWN,
    binned=EventKind.QUESTION_WITHDRAWN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionConsequences:
    """Written in the transaction of the change itself, so that one never stands without the other: history, tasks, the
    site's log, and what those hear who subscribed."""

    access: Access
    question_revisions: QuestionRevisionStorage
    tasks: TaskStorage
    audit: AuditTrail
    events: Events
    clock: Clock

    async def follow(self, before: Question | None, after: Question) -> None:
        """*after* has been saved in the place of *before* (None: it is new)."""
        if before is None or before.text != after.text:
            await self.question_revisions.add(revision_of(after, self.access.actor))
        now = self.clock.now()
        for slug in _told_of(before, after, now):
            # Texts that link to it are rendered again; the blog's handler hands the subject on to the matrix.
            await self.tasks.add(TaskKind.RENDER_AGAIN, subject=mention_of(slug), due_at=now)
        due_at = _public_from(after, now)
        if due_at != (_public_from(before, now) if before else None):
            await self._put(TaskKind.ANNOUNCE_QUESTION, after, due_at)
        if before is not None and before.trashed_at != after.trashed_at:
            await self._put(
                TaskKind.EMPTY_MATRIX_TRASH, after, after.trashed_at + KEPT_IN_TRASH if after.trashed_at else None
            )
        await self._chronicle.of_state(before, after, now=now)
        if before is None or before.text != after.text:
            await self._chronicle.of_text(before, after, now=now)

    async def of_hour(self, question: Question) -> None:
        """The moment has come for which *question* had been published."""
        await self._chronicle.of_hour(question, now=self.clock.now())

    @property
    def _chronicle(self) -> Chronicle:
        return Chronicle(audit=self.audit, events=self.events, verbs=VERBS)

    async def _put(self, kind: TaskKind, question: Question, due_at: datetime | None) -> None:
        await self.tasks.cancel(kind, subject=question.id)
        if due_at is not None:
            await self.tasks.add(kind, subject=question.id, due_at=due_at)


def mention_of(slug: str) -> str:
    """As Rendered.mentions name a question."""
    return f"matrix:{slug}"


def _told_of(before: Question | None, after: Question, now: datetime) -> tuple[str, ...]:
    if before is None:
        return (after.slug,)
    is_same = (before.slug, before.title, before.is_readable(now)) == (after.slug, after.title, after.is_readable(now))
    return () if is_same else tuple(dict.fromkeys((before.slug, after.slug)))


def _public_from(question: Question, now: datetime) -> datetime | None:
    """When visitors will begin to read it, if that is to come."""
    is_due = question.is_public and question.trashed_at is None
    return question.published_at if is_due and question.published_at and question.published_at > now else None
