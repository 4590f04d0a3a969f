"""Bringing the content of another site in."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.blog.import_runs import ARCHIVE_BYTES, Import, ImportId
from core.blog.use_cases.cancel_import import CancelImport
from core.blog.use_cases.confirm_import import ConfirmImport
from core.blog.use_cases.list_imports import ListImports
from core.blog.use_cases.show_import import ShowImport
from core.blog.use_cases.start_import import StartImport
from core.errors import Invalid, Problem
from core.site.entities import SiteSettings
from core.text import N_
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.archives import uploaded_archive
from entrypoints.api.bodies import no_body
from entrypoints.api.etags import optional_version, required_version, version_tag
from entrypoints.api.models import Paging
from entrypoints.api.multipart import AROUND_BYTES, FORM
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.import_models import (
    ImportLineShown,
    ImportLinesShown,
    ImportShown,
    ImportsShown,
    ImportWanted,
    LinesQuery,
)
from entrypoints.api.words import words_for
from entrypoints.http.watchdog import be_patient

BASE = "/api/v1/imports"
STORING_SECONDS = 120.0

START = Operation(
    summary="Upload an archive",
    tag="imports",
    use_case=StartImport,
    body=ImportWanted,
    body_types=(FORM,),
    shows=ImportShown,
    status=202,
    refusals=(409, 422, 503),
    note="Ask for what `Location` names until its `state` is `ready`; then read its lines, and confirm it.",
)
LIST = Operation(summary="List imports", tag="imports", use_case=ListImports, query=Paging, shows=ImportsShown)
READ = Operation(
    summary="Read how far an import is", tag="imports", use_case=ShowImport, shows=ImportShown, refusals=(404,)
)
LINES = Operation(
    summary="Read the report of an import",
    tag="imports",
    use_case=ShowImport,
    query=LinesQuery,
    shows=ImportLinesShown,
    refusals=(404,),
)
CONFIRM = Operation(
    summary="Confirm an import",
    tag="imports",
    use_case=ConfirmImport,
    shows=ImportShown,
    refusals=(404, 409),
    precondition=Precondition.REQUIRED,
    note="If-Match takes the import's ETag: what is brought in is what the report said that you have read.",
)
CANCEL = Operation(
    summary="Cancel an import",
    tag="imports",
    use_case=CancelImport,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    note="It stays in the list, with its report.",
)


@writes(HttpMethod.POST, "/imports", START, body_limit=ARCHIVE_BYTES + AROUND_BYTES)
@inject
async def start_import(
    request: ApiRequest,
    admission: FromDishka[Admission],
    start: FromDishka[StartImport],
    site: FromDishka[SiteSettings],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.IMPORT_CONTENT)
    async with uploaded_archive(request) as archive:
        be_patient(request.scope, STORING_SECONDS)

        async def write() -> Answer:
            started = await start(
                archive.chunks(), size=archive.size, filename=archive.filename, lang=site.locale, form=archive.form
            )
            return await _answer(request, started, status=202, location=f"{BASE}/{started.id}")

        return await repeats.once(request, await archive.identity(), write)


@reads("/imports", LIST)
@inject
async def list_imports(request: ApiRequest, list_newest: FromDishka[ListImports]) -> Answer:
    wanted = query_of(request, Paging)
    found, words = await list_newest(limit=wanted.limit, cursor=wanted.cursor), await words_for(request)
    items = tuple(ImportShown.of(one, words) for one in found.items)
    return reading.many(request, ImportsShown(items=items, next_cursor=found.next_cursor), found.next_cursor)


@reads("/imports/{import_id:str}", READ)
@inject
async def read_import(request: ApiRequest, import_id: FromPath[str], show: FromDishka[ShowImport]) -> Answer:
    one = (await show(ImportId(import_id))).one
    return reading.one(request, ImportShown.of(one, await words_for(request)), tag=version_tag(one.version))


@reads("/imports/{import_id:str}/lines", LINES)
@inject
async def read_import_lines(request: ApiRequest, import_id: FromPath[str], show: FromDishka[ShowImport]) -> Answer:
    wanted = query_of(request, LinesQuery)
    after = _place(wanted.cursor)
    found = await show(ImportId(import_id), outcome=wanted.outcome, after=after, limit=wanted.limit)
    words = await words_for(request)
    items = tuple(ImportLineShown.of(told, words) for told in found.lines)
    cursor = str(found.next_after) if found.next_after else None
    return reading.many(request, ImportLinesShown(items=items, next_cursor=cursor), cursor)


@writes(HttpMethod.PUT, "/imports/{import_id:str}/confirmation", CONFIRM)
@inject
async def confirm_import(
    request: ApiRequest,
    import_id: FromPath[str],
    admission: FromDishka[Admission],
    confirm: FromDishka[ConfirmImport],
) -> Answer:
    await admission.admit(Action.IMPORT_CONTENT)
    expected = required_version(request)
    await no_body(request)
    return await _answer(request, await confirm(ImportId(import_id), expected=expected))


@writes(HttpMethod.DELETE, "/imports/{import_id:str}", CANCEL)
@inject
async def cancel_import(request: ApiRequest, import_id: FromPath[str], cancel: FromDishka[CancelImport]) -> Answer:
    cancelled = await cancel(ImportId(import_id), expected=optional_version(request))
    return gone(tag=version_tag(cancelled.version))


async def _answer(request: ApiRequest, one: Import, *, status: int = 200, location: str | None = None) -> Answer:
    model = ImportShown.of(one, await words_for(request))
    return shown(model, tag=version_tag(one.version), status=status, location=location)


def _place(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise Invalid(Problem.of("cursor", N_("This is not a place in the list.")))
    return int(cursor)


HANDLERS = (start_import, list_imports, read_import, read_import_lines, confirm_import, cancel_import)
