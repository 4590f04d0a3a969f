"""Looking through the matrix: search, and what it covers."""

from dishka.integrations.litestar import FromDishka, inject

from core.competency_matrix.cards import FoundQuestion
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.search_questions import Finds, SearchQuestions
from core.competency_matrix.use_cases.show_coverage import ShowCoverage
from core.site.entities import SiteSettings
from entrypoints.api import reading
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.numbered import cursor_after, page_asked
from entrypoints.api.operations import Operation, reads
from entrypoints.api.queries import query_of
from entrypoints.api.v1.matrix.card_models import FindShown, FindsShown, SearchQuery
from entrypoints.api.v1.matrix.sheet_models import CoverageShown, SheetCoverageShown, grades_shown
from entrypoints.http.context import RequestFacts

SEARCH = Operation(
    summary="Search questions",
    tag="matrix",
    use_case=SearchQuestions,
    query=SearchQuery,
    shows=FindsShown,
    is_public=True,
    refusals=(404,),
)
COVERAGE = Operation(
    summary="See what the matrix covers",
    tag="matrix",
    use_case=ShowCoverage,
    shows=CoverageShown,
    is_public=True,
    refusals=(404,),
)


@reads("/matrix/search", SEARCH)
@inject
async def search_questions(
    request: ApiRequest,
    search: FromDishka[SearchQuestions],
    site: FromDishka[SiteSettings],
    facts: FromDishka[RequestFacts],
) -> Answer:
    wanted = query_of(request, SearchQuery)
    number, size = page_asked(wanted)
    lang = wanted.lang or site.locale
    try:
        finds = await search(wanted.choice(wanted.q), lang=lang, key=wanted.sheet, number=number, size=size)
    except QuestionNotFound:  # fewer than when the first part was asked for
        return reading.many(request, FindsShown(items=(), total=0, corrected=None, next_cursor=None), None)
    cursor = cursor_after(finds.found.page)
    return reading.many(request, _found(finds, cursor, facts.base_url), cursor)


@reads("/matrix/coverage", COVERAGE)
@inject
async def show_coverage(request: ApiRequest, show: FromDishka[ShowCoverage]) -> Answer:
    found = await show()
    sheets = tuple(SheetCoverageShown.of(covered) for covered in found.sheets)
    return reading.one(request, CoverageShown(grades=grades_shown(found.settings.grades), sheets=sheets))


def _found(finds: Finds, cursor: str | None, site_url: str) -> FindsShown:
    bases = {sheet.id: f"{site_url}/matrix/{sheet.key}" for sheet in finds.sheets}
    page, found = finds.found.page, finds.found

    def shown(one: FoundQuestion) -> FindShown:
        return FindShown.found(one, base=bases[one.card.sheet_id])

    return FindsShown(
        items=tuple(map(shown, page.items)), total=page.total, corrected=found.corrected, next_cursor=cursor
    )


HANDLERS = (search_questions, show_coverage)
