from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.use_cases.add_sheet import AddSheet
from core.competency_matrix.use_cases.delete_sheet import DeleteSheet
from core.competency_matrix.use_cases.edit_sheet import EditSheet
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.competency_matrix.use_cases.show_sheet_data import ShowSheetData
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, written
from entrypoints.api.bodies import MERGE_PATCH, json_body, patched
from entrypoints.api.etags import optional_version, required_version, whole_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.answers import MatrixAnswers
from entrypoints.api.v1.matrix.data_models import SheetDataShown
from entrypoints.api.v1.matrix.place_models import IntoQuery
from entrypoints.api.v1.matrix.sheet_models import (
    CountedSheetShown,
    NewSheetWanted,
    SheetShown,
    SheetsShown,
    SheetWanted,
    TallyShown,
    described,
)
from entrypoints.http.context import RequestFacts

LIST = Operation(
    summary="List sheets", tag="matrix", use_case=ShowMatrix, shows=SheetsShown, is_public=True, note="All at once."
)
CREATE = Operation(
    summary="Begin a sheet",
    tag="matrix",
    use_case=AddSheet,
    body=NewSheetWanted,
    shows=SheetShown,
    status=201,
    refusals=(422,),
)
READ = Operation(
    summary="Read a whole sheet",
    tag="matrix",
    use_case=ShowSheetData,
    shows=SheetDataShown,
    is_public=True,
    refusals=(404,),
    note="Open data: all its published questions. The ETag changes with any of them, and serves as If-Match too.",
)
REPLACE = Operation(
    summary="Give a sheet another address, name or description",
    tag="matrix",
    use_case=EditSheet,
    body=SheetWanted,
    shows=SheetShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
)
CHANGE = Operation(
    summary="Change parts of what a sheet is called",
    tag="matrix",
    use_case=EditSheet,
    body=SheetWanted,
    body_types=(MERGE_PATCH, "application/json"),
    example={"description": "PostgreSQL, and what one asks about it."},
    shows=SheetShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396): what it does not name stays, null takes away.",
)
DELETE = Operation(
    summary="Delete a sheet",
    tag="matrix",
    use_case=DeleteSheet,
    query=IntoQuery,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)


@reads("/matrix/sheets", LIST)
@inject
async def list_sheets(request: ApiRequest, show: FromDishka[ShowMatrix], facts: FromDishka[RequestFacts]) -> Answer:
    found = await show()
    items = tuple(
        CountedSheetShown(**described(one.sheet, facts.base_url), tally=TallyShown.of(one.tally))
        for one in found.sheets
    )
    return reading.many(request, SheetsShown(items=items, tally=TallyShown.of(found.tally)), None)


@writes(HttpMethod.POST, "/matrix/sheets", CREATE)
@inject
async def create_sheet(
    request: ApiRequest,
    admission: FromDishka[Admission],
    add: FromDishka[AddSheet],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    wanted, raw = await json_body(request, NewSheetWanted)

    async def write() -> Answer:
        return answers.sheet_created(await add(**wanted.model_dump()))

    return await repeats.once(request, raw, write)


@reads("/matrix/sheets/{sheet_id:str}", READ)
@inject
async def read_sheet(
    request: ApiRequest, sheet_id: FromPath[str], show: FromDishka[ShowSheetData], facts: FromDishka[RequestFacts]
) -> Answer:
    data = await show(sheet_id)
    model = SheetDataShown.whole(data, site_url=facts.base_url)
    return reading.one(request, model, tag=whole_tag(data.sheet.version, written(model)))


@writes(HttpMethod.PUT, "/matrix/sheets/{sheet_id:str}", REPLACE)
@inject
async def replace_sheet(
    request: ApiRequest,
    sheet_id: FromPath[str],
    admission: FromDishka[Admission],
    edit: FromDishka[EditSheet],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = required_version(request)
    wanted, _ = await json_body(request, SheetWanted)
    return answers.sheet_changed(await edit(sheet_id, **wanted.model_dump(), expected=expected))


@writes(HttpMethod.PATCH, "/matrix/sheets/{sheet_id:str}", CHANGE)
@inject
async def change_sheet(
    request: ApiRequest,
    sheet_id: FromPath[str],
    admission: FromDishka[Admission],
    edit: FromDishka[EditSheet],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = required_version(request)
    sheet = await answers.sheet(sheet_id)
    current = SheetWanted(key=sheet.key, name=sheet.name, description=sheet.description)
    wanted = await patched(request, current)
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    expected = sheet.version if expected is None else expected
    return answers.sheet_changed(await edit(sheet_id, **wanted.model_dump(), expected=expected))


@writes(HttpMethod.DELETE, "/matrix/sheets/{sheet_id:str}", DELETE)
@inject
async def delete_sheet(request: ApiRequest, sheet_id: FromPath[str], delete: FromDishka[DeleteSheet]) -> Answer:
    await delete(sheet_id, into=query_of(request, IntoQuery).into, expected=optional_version(request))
    return gone()


HANDLERS = (list_sheets, create_sheet, read_sheet, replace_sheet, change_sheet, delete_sheet)
