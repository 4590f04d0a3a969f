"""Files of questions as programs see them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.competency_matrix.files import MatrixFormat
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.question_imports import ImportedRow, QuestionImport
from core.competency_matrix.row_check import CheckedMatrix, CheckedRow, Verdict
from core.errors import Problem
from entrypoints.api.models import MomentShown, Shown
from entrypoints.http.translations import Catalogue

ROW_EXAMPLE: JsonDict = {
    "row": 4,
    "source": "",
    "question": "Why does an index not help a query with lower(email)?",
    "outcome": "refused",
    "slug": "",
    "question_id": None,
    "twin": None,
    "is_possible": False,
    "problems": [{"column": "grade", "detail": "There is no grade “guru”."}],
    "missing": [],
}
EXAMPLE: JsonDict = {
    "id": "5f0c6e0f7b9d4f6f9a3c1b2d5f0c6e0f",
    "state": "done",
    "filename": "questions.csv",
    "format": None,
    "kept_until": "2026-03-02T09:05:00Z",
    "finished_at": "2026-03-01T09:05:12Z",
    "total": 42,
    "totals": {"added": 38, "present": 3, "skipped": 0, "refused": 1},
    "sheets": ["databases"],
    "rows": [ROW_EXAMPLE],
    "error": None,
}
LISTED_EXAMPLE: JsonDict = {name: value for name, value in EXAMPLE.items() if name not in ("sheets", "rows", "error")}
OUTCOMES = {
    Verdict.NEW: RowOutcome.ADDED,
    Verdict.DOUBLE: RowOutcome.PRESENT,
    Verdict.WRONG: RowOutcome.REFUSED,
}


class MatrixFileWanted(BaseModel):
    """A form with the file (at most 10 MB and 5,000 questions), its format where it is not to be recognised, and the
    numbers of the rows that are to come, such as `2-40,43`: without them those that are new."""

    model_config = ConfigDict(extra="forbid")

    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    format: Annotated[str, Field(json_schema_extra={"enum": ["auto", *MatrixFormat]})] = "auto"
    rows: Annotated[str, Field(examples=["2-40,43"])] = ""


class MatrixFileQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    dry_run: Annotated[bool, Field(description="Only tell what would become of each row.")] = False


class ColumnProblemShown(Shown):
    """*column* as the file names it: `grade`, `resources.0.url`, `translations.ru.answer`."""

    column: str
    detail: str


class MatrixRowShown(Shown):
    """*row* as a spreadsheet counts it, else the place in the file; *source* is the name of the question's own file.
    *outcome*: `added`, `present` (the site, or a row before it, has a question of its address or its words),
    `skipped` or `refused`, and *problems* say why. *slug* and *question_id* are those of the question that is there;
    *twin* is the row before it that says the same. *is_possible*: a double that comes when `rows` names it. *missing*
    are posts that the site does not have: it comes without this evidence."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROW_EXAMPLE]})

    row: int
    source: str
    question: str
    outcome: RowOutcome
    slug: str
    question_id: str | None
    twin: int | None
    is_possible: bool
    problems: tuple[ColumnProblemShown, ...]
    missing: tuple[str, ...]

    @classmethod
    def foreseen(cls, one: CheckedRow, words: Catalogue) -> MatrixRowShown:
        row = one.row
        return cls(
            row=row.number,
            source=row.source,
            question=row.code.question.strip(),
            outcome=OUTCOMES[one.verdict],
            slug=one.double,
            question_id=one.double_id or None,
            twin=one.twin,
            is_possible=one.is_possible,
            problems=_problems(one.problems, words),
            missing=one.missing,
        )

    @classmethod
    def told(cls, one: ImportedRow, words: Catalogue) -> MatrixRowShown:
        return cls(
            row=one.number,
            source=one.source,
            question=one.question,
            outcome=one.outcome,
            slug=one.slug,
            question_id=one.question_id or None,
            twin=None,
            is_possible=one.outcome is RowOutcome.ADDED,
            problems=_problems(one.problems, words),
            missing=one.missing,
        )


class MatrixTotalsShown(Shown):
    """How many rows had which outcome so far."""

    added: int
    present: int
    skipped: int
    refused: int


class MatrixImportShown(Shown):
    """*state*: `checked` (a dry run: `added` would be, nothing is written or kept, *id* is null), `ready` (uploaded on
    the desk, waits for its owner's word), `running`, and the ends `done`, `failed` and `cancelled`. *total* counts the
    rows of the file, *rows* tells of those that were looked at so far. *sheets* are the keys of those that are new. The
    report can be read until *kept_until*. *error* says why it failed."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: str | None
    state: Literal["checked", "ready", "running", "done", "failed", "cancelled"]
    filename: str
    format: MatrixFormat | None
    kept_until: MomentShown | None
    finished_at: MomentShown | None
    total: int
    totals: MatrixTotalsShown
    sheets: tuple[str, ...]
    rows: tuple[MatrixRowShown, ...]
    error: str | None

    @classmethod
    def checked(
        cls, matrix: CheckedMatrix, words: Catalogue, filename: str, form: MatrixFormat | None
    ) -> MatrixImportShown:
        rows = tuple(MatrixRowShown.foreseen(one, words) for one in matrix.rows)
        return cls(
            id=None,
            state="checked",
            filename=filename,
            format=form,
            kept_until=None,
            finished_at=None,
            total=len(rows),
            totals=_totals(rows),
            sheets=tuple(matrix.sheets),
            rows=rows,
            error=None,
        )

    @classmethod
    def of(cls, one: QuestionImport, words: Catalogue) -> MatrixImportShown:
        totals = {outcome.value: number for outcome, number in one.totals.items()}
        return cls(
            id=one.id,
            state=one.state.value,
            filename=one.filename,
            format=one.format,
            kept_until=one.kept_until,
            finished_at=one.finished_at,
            total=one.total,
            totals=MatrixTotalsShown(**totals),
            sheets=one.sheets,
            rows=tuple(MatrixRowShown.told(row, words) for row in one.rows),
            error=words.problem(one.error) if one.error else None,
        )


class MatrixImportListed(Shown):
    """What `GET /matrix/imports/{id}` tells, without its rows."""

    id: str
    state: Literal["ready", "running", "done", "failed", "cancelled"]
    filename: str
    format: MatrixFormat | None
    kept_until: MomentShown
    finished_at: MomentShown | None
    total: int
    totals: MatrixTotalsShown

    @classmethod
    def of(cls, one: QuestionImport) -> MatrixImportListed:
        return cls(
            id=one.id,
            state=one.state.value,
            filename=one.filename,
            format=one.format,
            kept_until=one.kept_until,
            finished_at=one.finished_at,
            total=one.total,
            totals=MatrixTotalsShown(**{outcome.value: number for outcome, number in one.totals.items()}),
        )


class MatrixImportsShown(Shown):
    """The last uploaded first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [LISTED_EXAMPLE], "next_cursor": None}]})

    items: tuple[MatrixImportListed, ...]
    next_cursor: None = None


def _totals(rows: tuple[MatrixRowShown, ...]) -> MatrixTotalsShown:
    counted = {outcome.value: sum(row.outcome is outcome for row in rows) for outcome in RowOutcome}
    return MatrixTotalsShown(**counted)


def _problems(problems: tuple[Problem, ...], words: Catalogue) -> tuple[ColumnProblemShown, ...]:
    return tuple(ColumnProblemShown(column=one.field, detail=words.problem(one)) for one in problems)
