"""From all sheets to the page that shows them side by side."""

from __future__ import annotations

from core.competency_matrix.coverage import SheetCoverage
from core.competency_matrix.use_cases.show_coverage import Coverage
from core.competency_matrix.use_cases.show_matrix import CountedSheet, Overview
from entrypoints.web.addresses import with_query
from entrypoints.web.pages.matrix.addresses import sheet_url
from entrypoints.web.pages.matrix.marks import Marks, grade_marks
from entrypoints.web.views.charts_matrix import (
    CoverageChart,
    CoverageLine,
    CoverageSheet,
    GradeBar,
    bar_height,
    coverage_line,
)
from entrypoints.web.views.matrix import SheetSummary


def sheet_summaries(overview: Overview) -> tuple[SheetSummary, ...]:
    """One scale for all bars, so that sheets can be compared."""
    marks = grade_marks(overview.settings)
    most = max((count for one in overview.sheets for count in one.tally.by_grade.values()), default=0)
    return tuple(_summary(one, marks, most) for one in overview.sheets)


def _summary(counted: CountedSheet, marks: Marks, most: int) -> SheetSummary:
    url = sheet_url(counted.sheet)
    bars = []
    for key, mark in marks.items():
        count = counted.tally.by_grade.get(key, 0)
        to = with_query(url, grade=key) if count else ""
        bars.append(GradeBar(grade=mark, count=count, height=bar_height(count, most), url=to))
    return SheetSummary(
        name=counted.sheet.name,
        url=url,
        description=counted.sheet.description,
        total=counted.tally.questions,
        with_evidence=counted.tally.with_evidence,
        bars=tuple(bars),
    )


def coverage_chart(coverage: Coverage) -> CoverageChart:
    marks = grade_marks(coverage.settings)
    sections = (section for sheet in coverage.sheets for section in sheet.sections)
    most = max((section.questions for section in sections), default=0)
    sheets = (_covered(sheet, marks, most) for sheet in coverage.sheets if sheet.tally.questions)
    return CoverageChart(grades=tuple(marks.values()), sheets=tuple(sheets))


def _covered(sheet: SheetCoverage, marks: Marks, most: int) -> CoverageSheet:
    lines: list[CoverageLine] = []
    for section in sheet.sections:
        cells = [
            (mark, cell.questions, cell.with_evidence) for mark, cell in zip(marks.values(), section.cells, strict=True)
        ]
        lines.append(coverage_line(section.section.name, cells, most=most))
    return CoverageSheet(
        name=sheet.sheet.name,
        url=sheet_url(sheet.sheet),
        lines=tuple(lines),
        count=sheet.tally.questions,
        with_evidence=sheet.tally.with_evidence,
    )
