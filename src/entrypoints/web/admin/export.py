"""Taking all texts and pictures along."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.types import ASGIApp

from core.access import Action
from core.blog.entities import PostKind
from core.blog.exports import ArchiveWriter
from core.blog.storage import PostCounts
from core.blog.use_cases.count_desk_posts import CountDeskPosts
from core.blog.use_cases.export_content import ExportContent
from core.media.use_cases.measure_media import MeasureMedia
from entrypoints.http.context import RequestFacts
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import ExportPage

ADDRESS = "/admin/export"
PATIENCE = 30.0


@get(ADDRESS)
@inject
async def show(count: FromDishka[CountDeskPosts], measure: FromDishka[MeasureMedia], pages: FromDishka[Pages]) -> Page:
    pages.access.require(Action.EXPORT_CONTENT)
    page = ExportPage(
        posts=_all(await count(kind=PostKind.POST)),
        pages=_all(await count(kind=PostKind.PAGE)),
        pictures=(await measure()).files,
    )
    return pages.show("admin/export/index.html", page)


@post(ADDRESS, status_code=200)
@inject
async def create(
    request: WebRequest,
    facts: FromDishka[RequestFacts],
    export: FromDishka[ExportContent],
    writer: FromDishka[ArchiveWriter],
) -> ASGIApp:
    be_patient(request.scope, PATIENCE)
    return download(f"{facts.tenant.slug}.zip", writer.zipped(await export()))


def _all(counts: PostCounts) -> int:
    return counts.published + counts.scheduled + counts.drafts + counts.hidden
