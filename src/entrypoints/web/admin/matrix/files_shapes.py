"""Rows of files as the desk shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from core.competency_matrix.files import MatrixFormat
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.question_imports import ImportedRow, QuestionImport, QuestionImportState
from core.competency_matrix.row_check import CheckedMatrix, CheckedRow, Verdict
from core.errors import Problem
from core.text import N_
from entrypoints.http.translations import Catalogue
from entrypoints.web.addresses import with_query
from entrypoints.web.views import Choice
from entrypoints.web.views.matrix_files import (
    AskedRows,
    ColumnProblem,
    MatrixImportItem,
    MatrixPreviewPage,
    MatrixReportPage,
    PreviewRow,
    ReportState,
    RowReport,
    RowTab,
)

SHOWN_MAX = 500
LINES = 200
FORMAT_NAMES = {
    MatrixFormat.CSV: "CSV",
    MatrixFormat.XLSX: "XLSX",
    MatrixFormat.JSON: "JSON",
    MatrixFormat.MARKDOWN: "Markdown (zip)",
}
RECOGNISE = N_("Recognise it")
_RESOURCE = re.compile(r"resources\.([0-9]{1,6})\b")
_ORDER = (Verdict.WRONG, Verdict.DOUBLE, Verdict.NEW)


def format_choices(catalogue: Catalogue) -> tuple[Choice, ...]:
    named = (Choice(value=form.value, label=name) for form, name in FORMAT_NAMES.items())
    return (Choice(value="auto", label=catalogue.gettext(RECOGNISE)), *named)


def seen_and_rest(rows: Sequence[CheckedRow]) -> tuple[Sequence[CheckedRow], Sequence[CheckedRow]]:
    """What a page shows of them: all; of too many first those that somebody has to look at."""
    if len(rows) <= SHOWN_MAX:
        return rows, ()
    ordered = sorted(rows, key=lambda one: _ORDER.index(one.verdict))
    return ordered[:SHOWN_MAX], ordered[SHOWN_MAX:]


def new_numbers(rows: Iterable[CheckedRow]) -> set[int]:
    return {one.row.number for one in rows if one.verdict is Verdict.NEW}


def preview_page(
    one: QuestionImport,
    checked: CheckedMatrix,
    catalogue: Catalogue,
    *,
    ticked: Collection[int] | None = None,
    message: str = "",
) -> MatrixPreviewPage:
    """*ticked* are the rows that somebody had chosen; at first those that are new."""
    seen, rest = seen_and_rest(checked.rows)
    counts = Counter(row.verdict for row in checked.rows)
    chosen = new_numbers(checked.rows) if ticked is None else ticked
    unseen_new = new_numbers(rest)
    return MatrixPreviewPage(
        id=one.id,
        filename=one.filename,
        kept_until=one.kept_until,
        rows=tuple(_preview_row(row, catalogue, is_chosen=row.row.number in chosen) for row in seen),
        new=counts[Verdict.NEW],
        doubles=counts[Verdict.DOUBLE],
        wrong=counts[Verdict.WRONG],
        unseen=len(rest),
        unseen_new=len(unseen_new),
        is_rest_chosen=unseen_new <= set(chosen),
        sheets=tuple(sheet.name for sheet in checked.sheets.values()),
        message=message,
    )


def report_page(
    one: QuestionImport, catalogue: Catalogue, *, outcome: RowOutcome | None = None, after: int = 0
) -> MatrixReportPage:
    """The lines of *outcome*, or all, behind the row *after*."""
    asked: AskedRows = outcome.value if outcome else ""
    told = [row for row in one.rows if outcome in (None, row.outcome)]
    behind = [row for row in sorted(told, key=lambda row: row.number) if row.number > after]
    rows, has_more = behind[:LINES], len(behind) > LINES
    url = f"/admin/matrix/import/{one.id}"
    return MatrixReportPage(
        id=one.id,
        filename=one.filename,
        state=_report_state(one.state),
        kept_until=one.kept_until,
        done=len(one.rows),
        chosen=one.chosen,
        **{name.value: number for name, number in one.totals.items()},
        rows=tuple(_reported(row, catalogue) for row in rows),
        tabs=_tabs(one, url),
        outcome=asked,
        next_url=with_query(url, outcome=asked, after=rows[-1].number) if has_more else "",
        sheets=one.sheets,
        error=catalogue.problem(one.error) if one.error else "",
    )


def import_item(one: QuestionImport) -> MatrixImportItem:
    added = one.totals[RowOutcome.ADDED]
    return MatrixImportItem(
        id=one.id, filename=one.filename, state=one.state.value, kept_until=one.kept_until, added=added
    )


def _report_state(state: QuestionImportState) -> ReportState:
    match state:
        case QuestionImportState.READY | QuestionImportState.RUNNING:
            return "running"
        case QuestionImportState.DONE:
            return "done"
        case QuestionImportState.FAILED:
            return "failed"
        case QuestionImportState.CANCELLED:
            return "cancelled"


def _preview_row(one: CheckedRow, catalogue: Catalogue, *, is_chosen: bool) -> PreviewRow:
    code = one.row.code
    return PreviewRow(
        number=one.row.number,
        question=code.question.strip(),
        verdict=one.verdict.value,
        source=one.row.source,
        place=" · ".join(filter(None, (code.sheet.strip(), code.section.strip(), code.subsection.strip()))),
        grade=code.grade,
        problems=_problems(one.problems, catalogue),
        double=one.double,
        double_url=_question_url(one.double_id),
        twin=one.twin,
        missing=one.missing,
        is_possible=one.is_possible,
        is_chosen=is_chosen and one.is_possible,
    )


def _reported(row: ImportedRow, catalogue: Catalogue) -> RowReport:
    return RowReport(
        number=row.number,
        question=row.question,
        outcome=row.outcome.value,
        source=row.source,
        url=_question_url(row.question_id),
        problems=_problems(row.problems, catalogue),
        missing=row.missing,
    )


def _problems(problems: Iterable[Problem], catalogue: Catalogue) -> tuple[ColumnProblem, ...]:
    return tuple(ColumnProblem(column=_column(one.field), text=catalogue.problem(one)) for one in problems)


def _column(field: str) -> str:
    """As a table calls it: resources share a column, each has a line."""
    found = _RESOURCE.match(field)
    return f"resources ({int(found[1]) + 1})" if found else field


def _question_url(question_id: str) -> str:
    return f"/admin/matrix/questions/{question_id}/edit" if question_id else ""


def _tabs(one: QuestionImport, url: str) -> tuple[RowTab, ...]:
    """All, and each outcome that some line has."""
    counts = Counter(row.outcome for row in one.rows)
    tabs = (
        RowTab(outcome=each.value, count=counts[each], url=with_query(url, outcome=each.value))
        for each in RowOutcome
        if counts[each]
    )
    return (RowTab(outcome="", count=len(one.rows), url=url), *tabs)
