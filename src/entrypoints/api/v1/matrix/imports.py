"""Questions from files."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.files import FILE_BYTES, MatrixFiles
from core.competency_matrix.question_imports import QuestionImportId
from core.competency_matrix.use_cases.cancel_question_import import CancelQuestionImport
from core.competency_matrix.use_cases.check_question_rows import CheckQuestionRows
from core.competency_matrix.use_cases.confirm_question_import import ConfirmQuestionImport
from core.competency_matrix.use_cases.list_question_imports import ListQuestionImports
from core.competency_matrix.use_cases.show_question_import import ShowQuestionImport
from core.competency_matrix.use_cases.start_question_import import StartQuestionImport
from core.site.entities import SiteSettings
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.matrix_uploads import matrix_upload_of
from entrypoints.api.multipart import AROUND_BYTES, FORM
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.import_models import (
    MatrixFileQuery,
    MatrixFileWanted,
    MatrixImportListed,
    MatrixImportShown,
    MatrixImportsShown,
)
from entrypoints.api.words import words_for
from entrypoints.http.watchdog import be_patient

BASE = "/api/v1/matrix/imports"
READING_SECONDS = 60.0

IMPORT = Operation(
    summary="Bring questions in from a file",
    tag="matrix",
    use_case=ConfirmQuestionImport,
    query=MatrixFileQuery,
    body=MatrixFileWanted,
    body_types=(FORM,),
    shows=MatrixImportShown,
    status=202,
    refusals=(409, 422, 503),
    has_etag=False,
    has_dry_run=True,
    note="Ask for what `Location` names until its `state` is `done`. With `?dry_run=true` nothing is written or kept: "
    "each row is told with what would become of it. A row that is wrong holds up none of the others.",
)
READ = Operation(
    summary="Read how far a file of questions is",
    tag="matrix",
    use_case=ShowQuestionImport,
    shows=MatrixImportShown,
    refusals=(404, 503),
    note="Each row that was looked at has its line.",
)
LIST = Operation(
    summary="List files of questions",
    tag="matrix",
    use_case=ListQuestionImports,
    shows=MatrixImportsShown,
    refusals=(503,),
    note="Those of the last day: what waits for its owner's word, what is being brought in, what became of the rest.",
)
CANCEL = Operation(
    summary="Stop bringing a file of questions in",
    tag="matrix",
    use_case=CancelQuestionImport,
    status=204,
    refusals=(404, 409, 503),
    has_etag=False,
    note="What has come stays; its `state` is `cancelled` within moments. One that waits for its owner's word is "
    "discarded.",
)


@writes(HttpMethod.POST, "/matrix/imports", IMPORT, body_limit=FILE_BYTES + AROUND_BYTES)
@inject
async def import_matrix(
    request: ApiRequest,
    admission: FromDishka[Admission],
    start: FromDishka[StartQuestionImport],
    confirm: FromDishka[ConfirmQuestionImport],
    check: FromDishka[CheckQuestionRows],
    files: FromDishka[MatrixFiles],
    site: FromDishka[SiteSettings],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.IMPORT_CONTENT)
    is_dry_run = query_of(request, MatrixFileQuery).dry_run
    upload = await matrix_upload_of(request)
    be_patient(request.scope, READING_SECONDS)
    if is_dry_run:
        matrix = await files.read(upload.content, upload.form)
        checked = await check(matrix, lang=site.locale)
        return shown(MatrixImportShown.checked(checked, await words_for(request), upload.filename, upload.form))

    async def write() -> Answer:
        started = await start(upload.content, filename=upload.filename, lang=site.locale, form=upload.form)
        running = await confirm(started.id, numbers=upload.rows)
        model = MatrixImportShown.of(running, await words_for(request))
        return shown(model, status=202, location=f"{BASE}/{running.id}")

    return await repeats.once(request, upload.identity, write)


@reads("/matrix/imports/{matrix_import_id:str}", READ)
@inject
async def read_matrix_import(
    request: ApiRequest, matrix_import_id: FromPath[str], show: FromDishka[ShowQuestionImport]
) -> Answer:
    one = (await show(QuestionImportId(matrix_import_id))).one
    return reading.one(request, MatrixImportShown.of(one, await words_for(request)))


@reads("/matrix/imports", LIST)
@inject
async def list_matrix_imports(request: ApiRequest, list_: FromDishka[ListQuestionImports]) -> Answer:
    items = tuple(MatrixImportListed.of(one) for one in await list_())
    return reading.many(request, MatrixImportsShown(items=items), None)


@writes(HttpMethod.DELETE, "/matrix/imports/{matrix_import_id:str}", CANCEL)
@inject
async def cancel_matrix_import(matrix_import_id: FromPath[str], cancel: FromDishka[CancelQuestionImport]) -> Answer:
    await cancel(QuestionImportId(matrix_import_id))
    return gone()


HANDLERS = (import_matrix, list_matrix_imports, read_matrix_import, cancel_matrix_import)
