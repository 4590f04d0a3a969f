"""Work that is due later, or must not be lost: written in the transaction of the use case that needs it, done by the
runner. Nothing is lost by a crash, and nothing is done for what was rolled back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, Protocol

from core.errors import Conflict, NotFound
from core.text import N_

TaskId = NewType("TaskId", int)

MOST_ATTEMPTS = 10
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
GROWTH = 4


class TaskKind(StrEnum):
    """What the runner can be asked to do. Rows and logs hold the values."""

    ANNOUNCE_POSTS = "announce_posts"
    RENDER_AGAIN = "render_again"
    EMPTY_TRASH = "empty_trash"
    DELETE_FILES = "delete_files"
    RUN_IMPORT = "run_import"
    RUN_QUESTION_IMPORT = "run_question_import"
    RENDER_QUESTIONS = "render_questions"
    ANNOUNCE_QUESTION = "announce_question"
    EMPTY_MATRIX_TRASH = "empty_matrix_trash"
    CHECK_RESOURCES = "check_resources"
    EXPIRE_MESSAGES = "expire_messages"
    TRIM_AUDIT = "trim_audit"
    SEND_MAIL = "send_mail"
    SEND_RESET_LINK = "send_reset_link"
    DELIVER_WEBHOOK = "deliver_webhook"
    EXPIRE_DELIVERIES = "expire_deliveries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """*attempts* counts the tries that were begun, the present one included; *started_at* is set while a runner works
    on it, *failed_at* when no further try will be made unless somebody asks for it."""

    id: TaskId
    kind: TaskKind
    subject: str
    due_at: datetime
    created_at: datetime
    payload: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 0
    last_error: str | None = None
    started_at: datetime | None = None
    failed_at: datetime | None = None


class TaskTaken(Conflict):
    """The task that a handler was working on is not its any more: its changes must not be committed."""

    code = "task_taken"
    message = N_("Somebody else has done this in the meantime.")


class TaskInVain(Conflict):
    """What a handler was to do can never be done: it has failed at once, and is not tried again."""

    code = "task_in_vain"
    message = N_("No further try can succeed.")


class TaskNotFound(NotFound):
    message = N_("There is no such task.")


class TaskStorage(Protocol):
    """This site's tasks, within the transaction of the use case.

    Add, cancel and finish as the last thing before the commit: two transactions that meet at a task then wait for each
    other's commit only, never for each other.
    """

    async def add(
        self, kind: TaskKind, *, due_at: datetime, subject: str = "", payload: Mapping[str, str] | None = None
    ) -> None:
        """Have *kind* done for *subject* at *due_at* or soon after it.

        One task waits for each kind and subject: asked for again, it keeps the earlier *due_at*, and of the payloads'
        keys all, the newer value winning. One that had failed for good starts anew. One that is being done at this
        moment has perhaps read what has changed since: it is left alone, and a further task waits.
        """
        ...

    async def cancel(self, kind: TaskKind, *, subject: str = "") -> None:
        """Nothing when there is none. One that is being done at this moment ends with TaskTaken."""
        ...

    async def finish(self, task: Task) -> None:
        """For handlers, right before their last commit: the work and its task's end become durable together.

        Raises TaskTaken when another runner has begun the same task since, or somebody cancelled it.
        """
        ...

    async def list_all(self) -> Sequence[Task]:
        """What waits, is being done or has failed, the next due first."""
        ...

    async def retry(self, task_id: TaskId, *, now: datetime) -> None:
        """Make a task that waits or has failed due at *now*, with all its attempts. Raises TaskNotFound."""
        ...

    async def drop(self, task_id: TaskId) -> Task:
        """Forget a task that has failed for good. Raises TaskNotFound for any other."""
        ...


class TaskQueue(Protocol):
    """The runner's side of a site's tasks. One runner at a time has a kind at a site."""

    async def begin(self, kind: TaskKind, *, now: datetime) -> Task | None:
        """The task of *kind* that has been due longest, its attempt counted; also one that a runner had begun and died
        over. None when nothing is due."""
        ...

    async def postpone(self, task: Task, *, error: str, due_at: datetime | None) -> None:
        """Have it wait until *due_at* (None: it failed for good), unless it has been finished or taken.

        When the same was asked for meanwhile, the two become one that is due at the earlier moment.
        """
        ...


def next_attempt(task: Task, *, now: datetime, chance: float) -> datetime | None:
    """When to try a task again whose present attempt failed, or None: that was the last."""
    return next_moment(task.attempts, now=now, chance=chance)


def next_moment(attempts: int, *, now: datetime, chance: float) -> datetime | None:
    """When to try again what has failed *attempts* times, or None: that was the last.

    Pauses grow from seconds to hours; *chance* in [0, 1) spreads those that failed together by a fifth to each side.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    pause: timedelta = min(FIRST_PAUSE * GROWTH ** (max(attempts, 1) - 1), LONGEST_PAUSE)
    return now + pause * (0.8 + 0.4 * chance)
