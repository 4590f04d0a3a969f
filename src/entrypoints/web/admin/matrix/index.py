"""The desk's first page of the matrix: what there is to do, and where."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get

from core.competency_matrix.readiness import LACK_CODES
from core.competency_matrix.use_cases.count_work import CountWork, Work
from core.competency_matrix.use_cases.show_coverage import ShowCoverage
from core.competency_matrix.use_cases.show_matrix import Overview, ShowMatrix
from core.publication import PublicationStatus
from entrypoints.web.addresses import with_query
from entrypoints.web.pages.matrix.addresses import SECTION
from entrypoints.web.pages.matrix.overview import coverage_chart
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views.matrix_desk import QUESTIONS, DeskSheetItem, MatrixDeskPage, WorkLine


@get("/admin/matrix")
@inject
async def index(
    count_work: FromDishka[CountWork],
    show_matrix: FromDishka[ShowMatrix],
    show_coverage: FromDishka[ShowCoverage],
    pages: FromDishka[Pages],
) -> Page:
    work, overview = await count_work(), await show_matrix()
    chart = coverage_chart(await show_coverage())
    page = MatrixDeskPage(
        states=tuple(
            _line(status.value, work.counts.statuses.get(status, 0), status=status.value)
            for status in PublicationStatus
        ),
        lacking=tuple(_line(code, work.counts.lacks.get(code, 0), lack=code) for code in LACK_CODES),
        others=_others(work),
        sheets=desk_sheets(overview),
        coverage=chart if chart.sheets else None,
        is_on=SECTION in pages.settings.sections,
    )
    return pages.show("admin/matrix/index.html", page)


def desk_sheets(overview: Overview) -> tuple[DeskSheetItem, ...]:
    return tuple(
        DeskSheetItem(
            name=one.sheet.name,
            key=one.sheet.key,
            published=one.tally.questions,
            description=one.sheet.description,
        )
        for one in overview.sheets
    )


def _others(work: Work) -> tuple[WorkLine, ...]:
    lines = [_line("flagged", work.counts.flagged, flagged="yes"), _line("trashed", work.counts.trashed, trashed="yes")]
    if work.suggestions is not None:
        lines.append(WorkLine(code="suggestions", count=work.suggestions, url="/admin/matrix/suggestions"))
    return tuple(lines)


def _line(code: str, count: int, **query: str) -> WorkLine:
    return WorkLine(code=code, count=count, url=with_query(QUESTIONS, **query))
