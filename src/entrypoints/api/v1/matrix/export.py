"""Taking the matrix along."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.types import ASGIApp
from pydantic import BaseModel, ConfigDict, Field

from core.competency_matrix.files import MatrixFiles, MatrixFormat
from core.competency_matrix.use_cases.export_questions import ExportQuestions
from entrypoints.api.answers import ApiRequest
from entrypoints.api.operations import Operation, reads
from entrypoints.api.queries import query_of
from entrypoints.http.context import facts_of
from entrypoints.http.matrix_files import filename_of, media_type_of
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient

PATIENCE = 30.0


class ExportQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    format: MatrixFormat = Field(MatrixFormat.JSON, description="The form of the file.", examples=["json"])


EXPORT = Operation(
    summary="Take the matrix along",
    tag="matrix",
    use_case=ExportQuestions,
    query=ExportQuery,
    gives="application/json",
    has_etag=False,
    note="The file is sent while it is made, in the media type of its form.",
)


@reads("/matrix/export", EXPORT)
@inject
async def export_matrix(
    request: ApiRequest, export: FromDishka[ExportQuestions], files: FromDishka[MatrixFiles]
) -> ASGIApp:
    facts = facts_of(request.scope)
    form = query_of(request, ExportQuery).format
    be_patient(request.scope, PATIENCE)
    matrix = await export()
    chunks = None if facts.is_head else files.write(matrix, form)
    return download(filename_of(facts.tenant.slug, form), chunks, media_type=media_type_of(form))


HANDLERS = (export_matrix,)
