"""Taking all texts and pictures along."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.types import ASGIApp

from core.blog.exports import ArchiveWriter
from core.blog.use_cases.export_content import ExportContent
from entrypoints.api.answers import ApiRequest
from entrypoints.api.operations import Operation, reads
from entrypoints.http.context import facts_of
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient

PATIENCE = 30.0

EXPORT = Operation(
    summary="Take everything along",
    tag="export",
    use_case=ExportContent,
    gives="application/zip",
    has_etag=False,
    note="Markdown files below `blog/` and `pages/`, pictures below `media/`, and `manifest.json` with the SHA-256 of "
    "each. The zip is sent while it is made: one that was cut off does not open.",
)


@reads("/export", EXPORT)
@inject
async def export_content(
    request: ApiRequest, export: FromDishka[ExportContent], writer: FromDishka[ArchiveWriter]
) -> ASGIApp:
    facts = facts_of(request.scope)
    be_patient(request.scope, PATIENCE)
    files = await export()
    return download(f"{facts.tenant.slug}.zip", None if facts.is_head else writer.zipped(files))


HANDLERS = (export_content,)
