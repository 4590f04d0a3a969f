"""The desk's imports: an archive is uploaded, looked through, confirmed, brought in."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from core.access import Action
from core.blog.import_errors import ImportNotFound
from core.blog.import_runs import ARCHIVE_BYTES, ImportId, format_named
from core.blog.imports import Outcome
from core.blog.use_cases.cancel_import import CancelImport
from core.blog.use_cases.confirm_import import ConfirmImport
from core.blog.use_cases.list_imports import ListImports
from core.blog.use_cases.show_import import ShowImport
from core.blog.use_cases.start_import import StartImport
from core.errors import Conflict, Invalid, TerraceError, Unavailable
from entrypoints.http.watchdog import be_patient
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.door import REQUIRES
from entrypoints.web.admin.import_shapes import format_choices, import_item, outcome_tabs, report_item
from entrypoints.web.forms import WebForm, parsed, shown, typed, uploaded
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import AskedOutcome, Form, ImportListPage, ImportPage

LIST = "/admin/import"
ONE = "/admin/import/{import_id:str}"
EARLIER = 20
LINES = 100
AROUND_BYTES = 64 * 1024
CHUNK = 256 * 1024
STORING_SECONDS = 120.0


class ArchiveForm(WebForm):
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDesk:
    """The pages of imports."""

    pages: Pages

    async def index(
        self, list_imports: ListImports, form: Form, *, cursor: str | None = None, status: int = 200
    ) -> Page:
        catalogue = self.pages.catalogue
        found = await list_imports(limit=EARLIER, cursor=cursor)
        newest = found if cursor is None else await list_imports(limit=1)
        items = tuple(import_item(one, catalogue) for one in found.items)
        page = ImportListPage(
            formats=format_choices(catalogue),
            archive_bytes=ARCHIVE_BYTES,
            form=form,
            imports=items,
            older_url=with_query(LIST, cursor=found.next_cursor) if found.next_cursor else "",
            standing=next((import_item(one, catalogue) for one in newest.items if one.is_open), None),
        )
        return self.pages.show("admin/import/index.html", page, status=status)

    async def refused(self, list_imports: ListImports, values: Mapping[str, str], error: TerraceError) -> Page:
        """The form with the reason beside it; a store that is silent is a reason too."""
        catalogue = self.pages.catalogue
        problems = error.problems if isinstance(error, Invalid) else ()
        message = "" if problems else catalogue.error(error)
        form = shown({"archive": "", **values}, catalogue=catalogue, problems=problems, message=message)
        status = 422 if isinstance(error, Invalid) else 409 if isinstance(error, Conflict) else 503
        answer = await self.index(list_imports, form, status=status)
        if isinstance(error, Unavailable):
            answer.headers["retry-after"] = str(error.retry_after)
        return answer

    async def show(
        self,
        show_import: ShowImport,
        import_id: ImportId,
        *,
        outcome: Outcome | None = None,
        after: int = 0,
        error: TerraceError | None = None,
    ) -> Page:
        catalogue = self.pages.catalogue
        found = await show_import(import_id, outcome=outcome, after=after, limit=LINES)
        item, following = import_item(found.one, catalogue), found.next_after
        asked: AskedOutcome = outcome.value if outcome else ""
        page = ImportPage(
            item=item,
            outcome=asked,
            tabs=outcome_tabs(found.one),
            lines=tuple(report_item(told, catalogue) for told in found.lines),
            next_url=with_query(item.url, outcome=asked, after=following) if following else "",
            message=catalogue.error(error) if error else "",
        )
        return self.pages.show("admin/import/show.html", page, status=409 if error else 200)

    async def progress(self, show_import: ShowImport, import_id: ImportId) -> Page:
        """For a page that looks again by itself; once there is more to see than numbers, it is loaded anew."""
        one = (await show_import(import_id)).one
        headers = {} if one.is_at_work else {"HX-Refresh": "true"}
        page = ImportPage(item=import_item(one, self.pages.catalogue))
        return self.pages.fragment("admin/import/_progress.html", headers=headers, page=page)


@get(LIST)
@inject
async def index(request: WebRequest, list_imports: FromDishka[ListImports], desk: FromDishka[ImportDesk]) -> Page:
    return await desk.index(list_imports, Form(values={"format": "auto"}), cursor=request.query_params.get("cursor"))


@post(LIST, opt={REQUIRES: Action.IMPORT_CONTENT}, request_max_body_size=ARCHIVE_BYTES + AROUND_BYTES)
@inject
async def create(
    request: WebRequest,
    start: FromDishka[StartImport],
    list_imports: FromDishka[ListImports],
    desk: FromDishka[ImportDesk],
) -> Page:
    values = await typed(request)
    file = await uploaded(request, "archive")
    be_patient(request.scope, STORING_SECONDS)
    try:
        started = await start(
            _chunks(file),
            size=_size(file),
            filename=file.filename if file else "",
            lang=desk.pages.settings.locale,
            form=format_named(parsed(ArchiveForm, values).format),
        )
    except (Invalid, Conflict, Unavailable) as error:
        return await desk.refused(list_imports, values, error)
    finally:
        if file is not None:
            await file.close()
    return desk.pages.redirect(f"{LIST}/{started.id}")


@get(ONE)
@inject
async def show(
    request: WebRequest, import_id: FromPath[str], show_import: FromDishka[ShowImport], desk: FromDishka[ImportDesk]
) -> Page:
    if desk.pages.wants_fragment:
        return await desk.progress(show_import, ImportId(import_id))
    asked = request.query_params
    outcome, after = _outcome(asked.get("outcome")), _after(asked.get("after"))
    return await desk.show(show_import, ImportId(import_id), outcome=outcome, after=after)


@post(f"{ONE}/confirmation")
@inject
async def confirmation(
    import_id: FromPath[str],
    confirm: FromDishka[ConfirmImport],
    show_import: FromDishka[ShowImport],
    desk: FromDishka[ImportDesk],
) -> Page:
    try:
        confirmed = await confirm(ImportId(import_id))
    except Conflict as error:
        return await desk.show(show_import, ImportId(import_id), error=error)
    return desk.pages.redirect(f"{LIST}/{confirmed.id}")


@post(f"{ONE}/cancellation")
@inject
async def cancellation(
    import_id: FromPath[str],
    cancel: FromDishka[CancelImport],
    show_import: FromDishka[ShowImport],
    desk: FromDishka[ImportDesk],
) -> Page:
    try:
        cancelled = await cancel(ImportId(import_id))
    except Conflict as error:
        return await desk.show(show_import, ImportId(import_id), error=error)
    return desk.pages.redirect(f"{LIST}/{cancelled.id}")


def _size(file: UploadFile | None) -> int:
    if file is None:
        return 0
    file.file.seek(0, 2)
    size = file.file.tell()
    file.file.seek(0)
    return size


async def _chunks(file: UploadFile | None) -> AsyncIterator[bytes]:
    while file is not None and (chunk := await file.read(CHUNK)):
        yield chunk


def _outcome(text: str | None) -> Outcome | None:
    """What is none of ours asks for everything."""
    return Outcome(text) if text in set(Outcome) else None


def _after(text: str | None) -> int:
    """Raises ImportNotFound for what cannot be a place in a report."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ImportNotFound
    return int(text)
