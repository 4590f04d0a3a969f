"""Files of questions on their way in: with everything, and with as little as there may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from entrypoints.web import views
from entrypoints.web.views import matrix_files as files

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
LIST, ONE = "/admin/matrix/import", "/admin/matrix/import/ab"
FORMATS = (views.Choice(value="auto", label="Recognise it"), views.Choice(value="csv", label="CSV"))
REFUSED = views.Form(values={"format": "csv"}, errors={"file": "No.", "format": "No."}, message="No.")
PROBLEMS = (files.ColumnProblem(column="grade", text="There is no grade “guru”."),)
ROW = files.PreviewRow(number=2, question="", verdict="wrong")
FULL = files.PreviewRow(
    number=3,
    question="When does an <index> help?",
    verdict="double",
    source="databases/when.md",
    place="databases · Indexes · Plans",
    grade="Senior",
    problems=PROBLEMS,
    double="when",
    double_url="/admin/matrix/questions/1/edit",
    twin=2,
    missing=("a-post",),
    is_possible=True,
    is_chosen=True,
)
ROWS = (ROW, FULL, replace(FULL, double_url=""), replace(FULL, double="", verdict="new"))
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    upload = files.MatrixUploadPage(formats=FORMATS, file_bytes=10_485_760, rows_max=5_000)
    imports = tuple(
        files.MatrixImportItem(id="ab", filename="q.csv", state=state, kept_until=NOW, added=3)
        for state in (*get_args(files.ReportState), "ready")
    )
    yield "admin/matrix/import.html", LIST, replace(upload, form=REFUSED, imports=imports), upload
    preview = files.MatrixPreviewPage(id="ab", filename="q.csv", kept_until=NOW, rows=ROWS, new=1, doubles=2, wrong=1)
    more = replace(preview, unseen=9, unseen_new=3, sheets=("Rust", "Go"), message="Choose some rows first.")
    bare = files.MatrixPreviewPage(id="ab", filename="q.csv", kept_until=NOW, rows=())
    yield "admin/matrix/import_preview.html", ONE, more, bare
    lines = tuple(
        files.RowReport(
            number=number,
            question="When?",
            outcome=outcome,
            source="databases/when.md",
            url="/admin/matrix/questions/1/edit",
            problems=PROBLEMS,
            missing=("a-post",),
        )
        for number, outcome in enumerate(get_args(files.RowOutcomeName), 2)
    )
    nothing = files.RowReport(number=9, question="", outcome="refused")
    tabs = tuple(files.RowTab(outcome=outcome, count=2, url="#") for outcome in ("", *get_args(files.RowOutcomeName)))
    ends: tuple[tuple[files.ReportState, int], ...] = (("done", 4), ("done", 0), ("failed", 0), ("cancelled", 2))
    states: tuple[tuple[files.ReportState, int], ...] = (("running", 0), *ends)
    for state, added in states:
        new = files.MatrixReportPage(id="ab", filename="q.csv", state=state, kept_until=NOW, added=added)
        full = replace(new, done=6, chosen=6, rows=(*lines, nothing), tabs=tabs, next_url="#", outcome="added")
        full = replace(full, sheets=("rust",), error="It is broken." if state == "failed" else "")
        yield "admin/matrix/import_report.html", ONE, full, new
        yield "admin/matrix/_import_progress.html", ONE, full, new
    empty = files.MatrixReportPage(id="ab", filename="q.csv", state="done", kept_until=NOW, done=1, tabs=tabs)
    yield "admin/matrix/import_report.html", ONE, empty, empty
