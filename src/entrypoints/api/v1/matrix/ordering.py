"""The order of sheets, sections, subsections and questions, each as a complete list."""

from collections.abc import Sequence
from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import OrderChanged, PlaceNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import sheet_with
from core.competency_matrix.use_cases.list_sheets import ListSheets
from core.competency_matrix.use_cases.order_places import OrderPlaces
from core.competency_matrix.use_cases.order_questions import OrderQuestions
from core.competency_matrix.use_cases.order_sheets import OrderSheets
from core.competency_matrix.use_cases.show_desk_sheet import ShowDeskSheet
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.bodies import json_body
from entrypoints.api.etags import required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.refusals import PresentOrder
from entrypoints.api.v1.matrix.answers import MatrixAnswers, sheet_of
from entrypoints.api.v1.matrix.orders import order_changed, order_read, put_in_order, require_if_match
from entrypoints.api.v1.matrix.place_models import CellQuery, OrderShown, OrderWanted
from entrypoints.api.v1.matrix.places import SHEET

_OWN_TAG = "If-Match takes the ETag of the order. A refusal with 412 or 409 carries the present `order`."
_BY_SHEET = "If-Match takes the sheet's ETag. A refusal with 409 carries the present `order`."
SECTIONS = f"{SHEET}/sections/order"
SUBSECTIONS = f"{SHEET}/sections/{{section_id:str}}/subsections/order"

READ_SHEETS = Operation(
    summary="Read the order of the sheets", tag="matrix", use_case=ListSheets, shows=OrderShown, is_public=True
)
PUT_SHEETS = Operation(
    summary="Put the sheets in order",
    tag="matrix",
    use_case=OrderSheets,
    body=OrderWanted,
    shows=OrderShown,
    refusals=(409, 422),
    precondition=Precondition.REQUIRED,
    note=_OWN_TAG,
)
READ_SECTIONS = Operation(
    summary="Read the order of a sheet's sections",
    tag="matrix",
    use_case=ListSheets,
    shows=OrderShown,
    is_public=True,
    refusals=(404,),
    note="The ETag is the sheet's.",
)
PUT_SECTIONS = Operation(
    summary="Put the sections of a sheet in order",
    tag="matrix",
    use_case=OrderPlaces,
    body=OrderWanted,
    shows=OrderShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note=_BY_SHEET,
)
READ_SUBSECTIONS = replace(READ_SECTIONS, summary="Read the order of a section's subsections")
PUT_SUBSECTIONS = replace(PUT_SECTIONS, summary="Put the subsections of a section in order")
READ_CELL = Operation(
    summary="Read the order of the questions in a cell",
    tag="matrix",
    use_case=ShowDeskSheet,
    query=CellQuery,
    shows=OrderShown,
    refusals=(404,),
    note="Questions of every status. The ETag is that of the order.",
)
PUT_CELL = Operation(
    summary="Put the questions of a cell in order",
    tag="matrix",
    use_case=OrderQuestions,
    query=CellQuery,
    body=OrderWanted,
    shows=OrderShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note=_OWN_TAG,
)


@reads("/matrix/sheets/order", READ_SHEETS)
@inject
async def read_sheet_order(request: ApiRequest, list_sheets: FromDishka[ListSheets]) -> Answer:
    return order_read(request, [sheet.id for sheet in await list_sheets()])


@writes(HttpMethod.PUT, "/matrix/sheets/order", PUT_SHEETS)
@inject
async def order_sheets(
    request: ApiRequest,
    admission: FromDishka[Admission],
    list_sheets: FromDishka[ListSheets],
    order: FromDishka[OrderSheets],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    require_if_match(request)
    wanted, _ = await json_body(request, OrderWanted)

    async def look() -> Sequence[str]:
        return [sheet.id for sheet in await list_sheets()]

    async def put(seen: Sequence[str]) -> None:
        await order(wanted.order, expected=seen)

    await put_in_order(request, look, put)
    return order_changed(wanted.order)


@reads(SECTIONS, READ_SECTIONS)
@inject
async def read_section_order(
    request: ApiRequest,
    sheet_id: FromPath[str],
    list_sheets: FromDishka[ListSheets],
) -> Answer:
    sheet = sheet_of(await list_sheets(), sheet_id)
    return order_read(request, [section.id for section in sheet.sections], tag=version_tag(sheet.version))


@writes(HttpMethod.PUT, SECTIONS, PUT_SECTIONS)
@inject
async def order_sections(
    request: ApiRequest,
    sheet_id: FromPath[str],
    admission: FromDishka[Admission],
    order: FromDishka[OrderPlaces],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    return await _order_places(request, sheet_id, None, admission, order, answers)


@reads(SUBSECTIONS, READ_SUBSECTIONS)
@inject
async def read_subsection_order(
    request: ApiRequest,
    sheet_id: FromPath[str],
    section_id: FromPath[str],
    list_sheets: FromDishka[ListSheets],
) -> Answer:
    sheet = sheet_of(await list_sheets(), sheet_id)
    within = sheet.section(section_id).subsections
    return order_read(request, [subsection.id for subsection in within], tag=version_tag(sheet.version))


@writes(HttpMethod.PUT, SUBSECTIONS, PUT_SUBSECTIONS)
@inject
async def order_subsections(
    request: ApiRequest,
    sheet_id: FromPath[str],
    section_id: FromPath[str],
    admission: FromDishka[Admission],
    order: FromDishka[OrderPlaces],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    return await _order_places(request, sheet_id, section_id, admission, order, answers)


@reads("/matrix/questions/order", READ_CELL)
@inject
async def read_question_order(
    request: ApiRequest, list_sheets: FromDishka[ListSheets], show: FromDishka[ShowDeskSheet]
) -> Answer:
    return order_read(request, await _cell(query_of(request, CellQuery), list_sheets, show))


@writes(HttpMethod.PUT, "/matrix/questions/order", PUT_CELL)
@inject
async def order_questions(
    request: ApiRequest,
    admission: FromDishka[Admission],
    list_sheets: FromDishka[ListSheets],
    show: FromDishka[ShowDeskSheet],
    order: FromDishka[OrderQuestions],
) -> Answer:
    await admission.admit(Action.ORDER_QUESTIONS)
    require_if_match(request)
    cell = query_of(request, CellQuery)
    wanted, _ = await json_body(request, OrderWanted)

    async def look() -> Sequence[str]:
        return await _cell(cell, list_sheets, show)

    async def put(seen: Sequence[str]) -> None:
        grade = GradeKey(cell.grade) if cell.grade is not None else None
        await order(cell.subsection, grade, wanted.order, expected=seen)

    await put_in_order(request, look, put)
    return order_changed(wanted.order)


async def _order_places(
    request: ApiRequest,
    sheet_id: str,
    section_id: str | None,
    admission: Admission,
    order: OrderPlaces,
    answers: MatrixAnswers,
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = required_version(request)
    wanted, _ = await json_body(request, OrderWanted)
    try:
        sheet = await order(sheet_id, wanted.order, section_id=section_id, expected=expected)
    except OrderChanged:
        sheet = await answers.sheet(sheet_id)
        places = sheet.sections if section_id is None else sheet.section(section_id).subsections
        raise PresentOrder([place.id for place in places], tag=version_tag(sheet.version)) from None
    return order_changed(wanted.order, tag=version_tag(sheet.version))


async def _cell(cell: CellQuery, list_sheets: ListSheets, show: ShowDeskSheet) -> Sequence[str]:
    """The ids of its questions in their order. Raises PlaceNotFound."""
    sheet = sheet_with(cell.subsection, await list_sheets())
    if sheet is None:
        raise PlaceNotFound
    found = await show(sheet.id, Choice(section=cell.subsection), lang="")
    cards = [card for band in found.bands for card in band.cards if card.subsection_id == cell.subsection]
    return [card.id for card in cards if card.grade == cell.grade]


HANDLERS = (
    read_sheet_order,
    order_sheets,
    read_section_order,
    order_sections,
    read_subsection_order,
    order_subsections,
    read_question_order,
    order_questions,
)
