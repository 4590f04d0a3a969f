"""Questions that come from files, on the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from entrypoints.web.views.forms import Choice, Form

RowVerdict = Literal["new", "double", "wrong"]
ReportState = Literal["running", "done", "failed", "cancelled"]
RowOutcomeName = Literal["added", "present", "skipped", "refused"]
AskedRows = RowOutcomeName | Literal[""]
"""Empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixImportItem:
    """A file of the last day; *kept_until* is when it and its report go."""

    id: str
    filename: str
    state: Literal["ready", "running", "done", "failed", "cancelled"]
    kept_until: datetime
    added: int = 0

    @property
    def url(self) -> str:
        return f"/admin/matrix/import/{self.id}"

    @property
    def is_open(self) -> bool:
        return self.state in ("ready", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixUploadPage:
    """`admin/matrix/import.html`. The form: file, format."""

    formats: tuple[Choice, ...]
    file_bytes: int
    rows_max: int
    imports: tuple[MatrixImportItem, ...] = ()
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProblem:
    """*column* is named as the file names it."""

    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """*number* as a spreadsheet counts it. *double* is the address of the question that is there, *double_url* leads to
    it where it still stands, *twin* is the row that says the same. *is_possible*: it may be ticked."""

    number: int
    question: str
    verdict: RowVerdict
    source: str = ""
    place: str = ""
    grade: str = ""
    problems: tuple[ColumnProblem, ...] = ()
    double: str = ""
    double_url: str = ""
    twin: int | None = None
    missing: tuple[str, ...] = ()
    is_possible: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPreviewPage:
    """`admin/matrix/import_preview.html`: each row with what would become of it, a box for each that can come. Rows
    beyond those shown are *unseen*, of which *unseen_new* are new; they come together or not at all. *sheets* are
    those that would be added. *message*: why what was asked for was not done."""

    id: str
    filename: str
    kept_until: datetime
    rows: tuple[PreviewRow, ...]
    new: int = 0
    doubles: int = 0
    wrong: int = 0
    unseen: int = 0
    unseen_new: int = 0
    is_rest_chosen: bool = True
    sheets: tuple[str, ...] = ()
    message: str = ""

    @property
    def url(self) -> str:
        return f"/admin/matrix/import/{self.id}"

    @property
    def chosen(self) -> int:
        return sum(row.is_chosen for row in self.rows) + (self.unseen_new if self.is_rest_chosen else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """What became of one row; *url* leads to its question."""

    number: int
    question: str
    outcome: RowOutcomeName
    source: str = ""
    url: str = ""
    problems: tuple[ColumnProblem, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTab:
    outcome: AskedRows
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixReportPage:
    """`admin/matrix/import_report.html`; while it is at work `admin/matrix/_import_progress.html` is swapped. *done* of
    *chosen* rows have their line. *sheets* are keys of those that came along."""

    id: str
    filename: str
    state: ReportState
    kept_until: datetime
    done: int = 0
    chosen: int = 0
    added: int = 0
    present: int = 0
    skipped: int = 0
    refused: int = 0
    rows: tuple[RowReport, ...] = ()
    tabs: tuple[RowTab, ...] = ()
    outcome: AskedRows = ""
    next_url: str = ""
    sheets: tuple[str, ...] = ()
    error: str = ""

    @property
    def url(self) -> str:
        return f"/admin/matrix/import/{self.id}"

    @property
    def is_at_work(self) -> bool:
        return self.state == "running"
