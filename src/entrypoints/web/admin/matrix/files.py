"""Questions in and out as files: uploaded, looked through row by row, confirmed, brought in."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from litestar.types import ASGIApp

from core.access import Action
from core.competency_matrix.files import FILE_BYTES, ROWS_MAX, MatrixFiles, MatrixFormat
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportId,
    QuestionImportIsOver,
    QuestionImportState,
    matrix_format_named,
)
from core.competency_matrix.row_check import CheckedMatrix
from core.competency_matrix.use_cases.cancel_question_import import CancelQuestionImport
from core.competency_matrix.use_cases.confirm_question_import import ConfirmQuestionImport
from core.competency_matrix.use_cases.export_questions import ExportQuestions
from core.competency_matrix.use_cases.list_question_imports import ListQuestionImports
from core.competency_matrix.use_cases.show_question_import import ShownQuestionImport, ShowQuestionImport
from core.competency_matrix.use_cases.start_question_import import StartQuestionImport
from core.errors import Conflict, Invalid, NotFound, TerraceError, Unavailable
from core.text import N_
from entrypoints.http.context import RequestFacts
from entrypoints.http.matrix_files import filename_of, media_type_of
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient
from entrypoints.web.admin.door import REQUIRES
from entrypoints.web.admin.matrix.files_shapes import (
    format_choices,
    import_item,
    new_numbers,
    preview_page,
    report_page,
    seen_and_rest,
)
from entrypoints.web.forms import WebForm, parsed, shown, typed, upload
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.matrix_files import MatrixUploadPage

LIST = "/admin/matrix/import"
ONE = "/admin/matrix/import/{matrix_import_id:str}"
AROUND_BYTES = 64 * 1024
READING_SECONDS = 60.0
SENDING_SECONDS = 30.0
_TICK = "row-"
_DIGITS_MAX = 9


class FileForm(WebForm):
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDesk:
    """The pages of files."""

    pages: Pages
    list_imports: ListQuestionImports

    async def index(self, form: Form, *, status: int = 200) -> Page:
        try:
            imports = await self.list_imports()
        except Unavailable:
            imports = ()  # the form stands, and says so when a file comes
        page = MatrixUploadPage(
            formats=format_choices(self.pages.catalogue),
            file_bytes=FILE_BYTES,
            rows_max=ROWS_MAX,
            imports=tuple(map(import_item, imports)),
            form=form,
        )
        return self.pages.show("admin/matrix/import.html", page, status=status)

    async def refused(self, values: Mapping[str, str], error: TerraceError) -> Page:
        """The form with the reason beside it; a store that is silent is a reason too."""
        catalogue = self.pages.catalogue
        problems = error.problems if isinstance(error, Invalid) else ()
        message = "" if problems else catalogue.error(error)
        form = shown({"file": "", **values}, catalogue=catalogue, problems=problems, message=message)
        status = 422 if isinstance(error, Invalid) else 409 if isinstance(error, Conflict) else 503
        answer = await self.index(form, status=status)
        if isinstance(error, Unavailable):
            answer.headers["retry-after"] = str(error.retry_after)
        return answer

    def show(self, found: ShownQuestionImport, query: Mapping[str, str]) -> Page:
        catalogue = self.pages.catalogue
        if found.checked is not None:
            page = preview_page(found.one, found.checked, catalogue)
            return self.pages.show("admin/matrix/import_preview.html", page)
        asked = query.get("outcome", "")
        outcome = RowOutcome(asked) if asked in set(RowOutcome) else None
        report = report_page(found.one, catalogue, outcome=outcome, after=_number(query.get("after", "")) or 0)
        if self.pages.wants_fragment:
            # Once there is more to see than numbers, the page is loaded anew.
            headers = {} if report.is_at_work else {"HX-Refresh": "true"}
            return self.pages.fragment("admin/matrix/_import_progress.html", headers=headers, page=report)
        return self.pages.show("admin/matrix/import_report.html", report)

    def nothing_chosen(self, one: QuestionImport, checked: CheckedMatrix) -> Page:
        catalogue = self.pages.catalogue
        message = catalogue.gettext(N_("Choose some rows first."))
        page = preview_page(one, checked, catalogue, ticked=(), message=message)
        return self.pages.show("admin/matrix/import_preview.html", page, status=422)


@get(LIST)
@inject
async def index(desk: FromDishka[FileDesk]) -> Page:
    desk.pages.access.require(Action.IMPORT_CONTENT)
    return await desk.index(Form(values={"format": "auto"}))


@post(LIST, opt={REQUIRES: Action.IMPORT_CONTENT}, request_max_body_size=FILE_BYTES + AROUND_BYTES)
@inject
async def create(request: WebRequest, start: FromDishka[StartQuestionImport], desk: FromDishka[FileDesk]) -> Page:
    values = await typed(request)
    content, filename = await upload(request, "file")
    be_patient(request.scope, READING_SECONDS)
    try:
        form = matrix_format_named(parsed(FileForm, values).format)
        started = await start(content, filename=filename, lang=desk.pages.settings.locale, form=form)
    except (Invalid, Conflict, Unavailable) as error:
        return await desk.refused(values, error)
    return desk.pages.redirect(f"{LIST}/{started.id}")


@get(ONE)
@inject
async def show(
    request: WebRequest,
    matrix_import_id: FromPath[str],
    show_import: FromDishka[ShowQuestionImport],
    desk: FromDishka[FileDesk],
) -> Page:
    be_patient(request.scope, READING_SECONDS)
    return desk.show(await show_import(QuestionImportId(matrix_import_id)), request.query_params)


@post(f"{ONE}/confirmation", opt={REQUIRES: Action.IMPORT_CONTENT})
@inject
async def confirmation(
    request: WebRequest,
    matrix_import_id: FromPath[str],
    show_import: FromDishka[ShowQuestionImport],
    confirm: FromDishka[ConfirmQuestionImport],
    desk: FromDishka[FileDesk],
) -> Page:
    be_patient(request.scope, READING_SECONDS)
    values, one = await typed(request), QuestionImportId(matrix_import_id)
    found = await show_import(one)
    if found.checked is None:
        return desk.pages.redirect(f"{LIST}/{one}")
    numbers = _chosen(values, found.checked)
    if found.checked.rows and not numbers:
        return desk.nothing_chosen(found.one, found.checked)
    # What cannot come goes along, so that the report says why.
    await confirm(one, numbers=numbers | {row.row.number for row in found.checked.rows if not row.is_possible})
    return desk.pages.redirect(f"{LIST}/{one}")


@post(f"{ONE}/cancellation")
@inject
async def cancellation(
    matrix_import_id: FromPath[str], cancel: FromDishka[CancelQuestionImport], desk: FromDishka[FileDesk]
) -> Page:
    """A file that waited is gone; an import shows what had come. One that is over just now shows that."""
    one = QuestionImportId(matrix_import_id)
    try:
        cancelled = await cancel(one)
    except QuestionImportIsOver:
        return desk.pages.redirect(f"{LIST}/{one}")
    return desk.pages.redirect(f"{LIST}/{one}" if cancelled.state is QuestionImportState.RUNNING else LIST)


@get("/admin/matrix/export")
@inject
async def export(
    request: WebRequest,
    facts: FromDishka[RequestFacts],
    export_questions: FromDishka[ExportQuestions],
    files: FromDishka[MatrixFiles],
) -> ASGIApp:
    asked = request.query_params.get("format", MatrixFormat.CSV.value)
    if asked not in set(MatrixFormat):
        raise NotFound
    form = MatrixFormat(asked)
    be_patient(request.scope, SENDING_SECONDS)
    matrix = await export_questions()
    chunks = None if facts.is_head else files.write(matrix, form)
    return download(filename_of(facts.tenant.slug, form), chunks, media_type=media_type_of(form))


def _chosen(values: Mapping[str, str], checked: CheckedMatrix) -> set[int]:
    """Rows with a tick, and those that the page had no room for when they were to come too."""
    numbers = {_number(name.removeprefix(_TICK)) for name in values if name.startswith(_TICK)}
    rest = new_numbers(seen_and_rest(checked.rows)[1]) if "rest" in values else set()
    return {number for number in numbers if number is not None} | rest


def _number(text: str) -> int | None:
    """A row's number; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX else None
