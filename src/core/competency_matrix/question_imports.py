"""An uploaded file of questions on its way into the site: looked at first, brought in when its owner says so."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, Protocol

from core.competency_matrix.files import FoundMatrix, MatrixFormat
from core.competency_matrix.importing import RowLine, RowOutcome
from core.errors import Conflict, Invalid, NotFound, Problem
from core.filenames import safe_filename
from core.identity import Actor, UserId
from core.tasks import TaskKind, TaskStorage
from core.text import N_

QuestionImportId = NewType("QuestionImportId", str)

KEPT_FOR = timedelta(hours=24)
"""How long a file waits for its owner's word, and how long its report can be read after that."""
WAITING_MAX = 20
"""So many files of a site wait for somebody's word at most."""
_WAITING, _NAME = "waiting-", "matrix-import-"


class QuestionImportGone(NotFound):
    code = "question_import_gone"
    message = N_("This import is not here any more: a file is kept for a day. Please upload it again.")


class QuestionImportIsOver(Conflict):
    code = "question_import_is_over"
    message = N_("This import is over.")


class TooManyFiles(Conflict):
    code = "too_many_files"
    message = N_("%(limit)d files wait for your word already. Bring some of them in, or discard them.")

    def __init__(self) -> None:
        super().__init__(limit=WAITING_MAX)


class QuestionImportState(StrEnum):
    """READY: nothing is written before somebody says so. RUNNING: the chosen rows come. The others are ends; CANCELLED:
    somebody stopped it, and what had come stays."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """What became of a row; *question_id* where there is a question of it now."""

    number: int
    source: str
    question: str
    outcome: RowOutcome
    slug: str = ""
    question_id: str = ""
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionImport:
    """*total* counts the rows of the file, *numbers* are those that were chosen (None: all that are new), *rows* what
    became of them so far, *sheets* the keys of those that came along. *author_id* is whose questions they will be.
    *error* says why it failed."""

    id: QuestionImportId
    filename: str
    format: MatrixFormat | None
    lang: str
    author_id: UserId | None
    created_at: datetime
    kept_until: datetime
    total: int
    state: QuestionImportState = QuestionImportState.READY
    numbers: tuple[int, ...] | None = None
    rows: tuple[ImportedRow, ...] = ()
    sheets: tuple[str, ...] = ()
    finished_at: datetime | None = None
    error: Problem | None = None

    @property
    def objects(self) -> tuple[str, str, str]:
        """What it, its file, and the word that stops it are called in the store."""
        name = f"{_NAME}{self.id}"
        return name, f"{name}-file", f"{name}-stop"

    @property
    def is_over(self) -> bool:
        return self.state not in (QuestionImportState.READY, QuestionImportState.RUNNING)

    @property
    def chosen(self) -> int:
        return self.total if self.numbers is None else len(self.numbers)

    @property
    def totals(self) -> Mapping[RowOutcome, int]:
        """Once it is over, rows without a line are those that nobody chose."""
        counted = Counter(row.outcome for row in self.rows)
        if self.state is QuestionImportState.DONE:
            counted[RowOutcome.SKIPPED] += self.total - len(self.rows)
        return {outcome: counted[outcome] for outcome in RowOutcome}

    def confirmed(self, numbers: Collection[int] | None, now: datetime) -> QuestionImport:
        chosen = None if numbers is None else tuple(sorted(set(numbers)))
        running = QuestionImportState.RUNNING
        return replace(self, state=running, numbers=chosen, kept_until=now + KEPT_FOR)

    def left(self, matrix: FoundMatrix) -> FoundMatrix:
        """What of its file has no line yet."""
        told = {row.number for row in self.rows}
        return replace(matrix, rows=[row for row in matrix.rows if row.number not in told])

    def told(self, lines: Sequence[RowLine], sheets: Sequence[str] = ()) -> QuestionImport:
        return replace(self, rows=(*self.rows, *map(_imported, lines)), sheets=(*self.sheets, *sheets))

    def ended(self, now: datetime) -> QuestionImport:
        rows = tuple(sorted(self.rows, key=lambda row: row.number))
        return replace(self, state=QuestionImportState.DONE, rows=rows, finished_at=now)

    def cancelled(self, now: datetime) -> QuestionImport:
        return replace(self.ended(now), state=QuestionImportState.CANCELLED)

    def failed(self, error: Problem, now: datetime) -> QuestionImport:
        return replace(self, state=QuestionImportState.FAILED, error=error, finished_at=now)


class QuestionImports(Protocol):
    """This site's imports and their files: in its bucket, under names that nobody can guess and no address leads to.
    No transaction holds them. All raise Unavailable when the store does not answer."""

    async def add(self, one: QuestionImport, content: bytes) -> None:
        """Durable when it returns; when it raises, nothing stays behind."""
        ...

    async def get(self, import_id: QuestionImportId) -> QuestionImport:
        """Raises QuestionImportGone."""
        ...

    async def content(self, one: QuestionImport) -> bytes:
        """Its file as it was uploaded. Raises QuestionImportGone."""
        ...

    async def save(self, one: QuestionImport) -> None: ...

    async def stop(self, one: QuestionImport) -> None:
        """Have it stopped, whoever saves what of it meanwhile."""
        ...

    async def is_stopped(self, one: QuestionImport) -> bool: ...


def new_question_import(
    *, filename: str, form: MatrixFormat | None, lang: str, total: int, by: Actor, at: datetime
) -> QuestionImport:
    return QuestionImport(
        id=QuestionImportId(secrets.token_hex(16)),
        filename=safe_filename(filename),
        format=form,
        lang=lang,
        author_id=by.user_id,
        created_at=at,
        kept_until=at + KEPT_FOR,
        total=total,
    )


async def have_import_deleted(one: QuestionImport, tasks: TaskStorage) -> None:
    """It and its file go out of the store when their time is over, and surely, whatever happens to this process."""
    payload = dict.fromkeys(one.objects, "")
    await tasks.add(TaskKind.DELETE_FILES, subject=one.id, due_at=one.kept_until, payload=payload)


async def have_import_waiting(one: QuestionImport, tasks: TaskStorage) -> None:
    """Its file is there, and counts among those that wait for somebody's word."""
    await keep_import(one.id, tasks)
    payload = dict.fromkeys(one.objects, "")
    await tasks.add(TaskKind.DELETE_FILES, subject=f"{_WAITING}{one.id}", due_at=one.kept_until, payload=payload)


async def keep_import(import_id: QuestionImportId, tasks: TaskStorage) -> None:
    """It is not deleted yet: somebody has said what becomes of it."""
    for subject in (f"{_WAITING}{import_id}", import_id):
        await tasks.cancel(TaskKind.DELETE_FILES, subject=subject)


async def list_kept(tasks: TaskStorage) -> Sequence[QuestionImportId]:
    """All that lie in the store, the last to be deleted first."""
    kept = [task for task in await tasks.list_all() if task.kind is TaskKind.DELETE_FILES]
    kept = [task for task in kept if any(key.startswith(_NAME) for key in task.payload)]
    kept.sort(key=lambda task: (task.due_at, task.id), reverse=True)
    return [QuestionImportId(task.subject.removeprefix(_WAITING)) for task in kept]


async def count_waiting(tasks: TaskStorage) -> int:
    """How many files wait for somebody's word."""
    return sum(
        task.kind is TaskKind.DELETE_FILES and task.subject.startswith(_WAITING) for task in await tasks.list_all()
    )


def matrix_format_named(text: str) -> MatrixFormat | None:
    """None for nothing and "auto": the file itself tells. Raises Invalid."""
    if text in ("", "auto"):
        return None
    try:
        return MatrixFormat(text)
    except ValueError:
        raise Invalid(Problem.of("format", N_("Choose auto, csv, xlsx, json or markdown."))) from None


def _imported(line: RowLine) -> ImportedRow:
    row = line.row
    return ImportedRow(
        number=row.number,
        source=row.source,
        question=row.code.question.strip(),
        outcome=line.outcome,
        slug=line.slug,
        question_id=line.question_id,
        problems=line.problems,
        missing=line.missing,
    )
