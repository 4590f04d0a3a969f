"""The sections and subsections of a sheet: adding, naming, ordering, moving, merging, deleting."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.competency_matrix.errors import NotEmpty, PlaceNotFound
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.add_section import AddSection
from core.competency_matrix.use_cases.add_subsection import AddSubsection
from core.competency_matrix.use_cases.delete_place import DeletePlace
from core.competency_matrix.use_cases.merge_places import MergePlaces
from core.competency_matrix.use_cases.move_subsection import MoveSubsection
from core.competency_matrix.use_cases.order_places import OrderPlaces
from core.competency_matrix.use_cases.rename_place import RenamePlace
from core.competency_matrix.use_cases.show_structure import ShowStructure, Structure
from core.errors import Conflict, Invalid, Problem, TerraceError
from core.text import N_
from entrypoints.web.admin.matrix import places as shapes
from entrypoints.web.admin.matrix.structure import ONE, SheetForm, StructureDesk, sheet_of, status_of
from entrypoints.web.forms import parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, WebRequest
from entrypoints.web.views import Form

PLACE = f"{ONE}/places/{{place_id:str}}"
CHOOSE = N_("Choose one of those offered.")


class PlaceForm(SheetForm):
    """*section* is the section that is ordered within, or moved to."""

    section: str = ""


@post(f"{ONE}/sections")
@inject
async def create(
    request: WebRequest, sheet_id: FromPath[str], add: FromDishka[AddSection], desk: FromDishka[StructureDesk]
) -> Page:
    values = {"name": "", **await typed(request)}
    form = parsed(PlaceForm, values)
    try:
        await add(sheet_id, form.name, expected=form.expected)
    except (Invalid, Conflict) as error:
        return await desk.added_refused(sheet_id, values, error)
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{sheet_id}", done=Done.SAVED)


@post(f"{ONE}/sections/{{section_id:str}}/subsections")
@inject
async def create_within(
    request: WebRequest,
    sheet_id: FromPath[str],
    section_id: FromPath[str],
    add: FromDishka[AddSubsection],
    desk: FromDishka[StructureDesk],
) -> Page:
    values = {"name": "", **await typed(request)}
    form = parsed(PlaceForm, values)
    try:
        await add(sheet_id, section_id, form.name, expected=form.expected)
    except (Invalid, Conflict) as error:
        return await desk.added_refused(sheet_id, values, error, section_id=section_id)
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{sheet_id}#place-{section_id}", done=Done.SAVED)


@post(f"{ONE}/order")
@inject
async def order(
    request: WebRequest, sheet_id: FromPath[str], order_places: FromDishka[OrderPlaces], desk: FromDishka[StructureDesk]
) -> Page:
    values = await typed(request)
    form = parsed(PlaceForm, values)
    section_id = form.section or None
    try:
        await order_places(sheet_id, shapes.wanted_from(values), section_id=section_id, expected=form.expected)
    except Conflict as error:
        return await desk.sheet_refused(sheet_id, {}, error)
    mark = f"#place-{section_id}" if section_id else ""
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{sheet_id}{mark}", done=Done.ORDER_SAVED)


@get(PLACE)
@inject
async def show(
    sheet_id: FromPath[str],
    place_id: FromPath[str],
    show_structure: FromDishka[ShowStructure],
    desk: FromDishka[StructureDesk],
) -> Page:
    return _shown(desk, await show_structure(), sheet_id, place_id)


@post(PLACE)
@inject
async def update(
    request: WebRequest,
    sheet_id: FromPath[str],
    place_id: FromPath[str],
    rename: FromDishka[RenamePlace],
    desk: FromDishka[StructureDesk],
) -> Page:
    values = {"name": "", **await typed(request)}
    form = parsed(PlaceForm, values)
    try:
        await rename(sheet_id, place_id, form.name, expected=form.expected)
    except (Invalid, Conflict) as error:
        kept, message = desk.refused(values, error)
        return await _refused(desk, sheet_id, place_id, error, form=kept, message=message)
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{sheet_id}", done=Done.SAVED)


@post(f"{PLACE}/move")
@inject
async def move(
    request: WebRequest,
    sheet_id: FromPath[str],
    place_id: FromPath[str],
    move_subsection: FromDishka[MoveSubsection],
    desk: FromDishka[StructureDesk],
) -> Page:
    form = parsed(PlaceForm, await typed(request))
    target = _sheet_with_section(await desk.show_structure(), form.section)
    try:
        if target is None:
            raise Invalid(Problem.of("section", CHOOSE))
        await move_subsection(
            sheet_id, place_id, section_id=form.section, to_sheet_id=target.id, expected=form.expected
        )
    except (Invalid, Conflict) as error:
        return await _refused(desk, sheet_id, place_id, error)
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{target.id}#place-{form.section}", done=Done.PLACE_MOVED)


@post(f"{PLACE}/merge")
@inject
async def merge(
    request: WebRequest,
    sheet_id: FromPath[str],
    place_id: FromPath[str],
    merge_places: FromDishka[MergePlaces],
    desk: FromDishka[StructureDesk],
) -> Page:
    form = parsed(PlaceForm, await typed(request))
    try:
        if not form.into:
            raise Invalid(Problem.of("into", CHOOSE))
        await merge_places(sheet_id, place_id, form.into, expected=form.expected)
    except (Invalid, Conflict) as error:
        return await _refused(desk, sheet_id, place_id, error)
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{sheet_id}", done=Done.PLACE_MERGED)


@post(f"{PLACE}/deletion")
@inject
async def deletion(
    request: WebRequest,
    sheet_id: FromPath[str],
    place_id: FromPath[str],
    delete: FromDishka[DeletePlace],
    desk: FromDishka[StructureDesk],
) -> Page:
    form = parsed(PlaceForm, await typed(request))
    try:
        await delete(sheet_id, place_id, into=form.into or None, expected=form.expected)
    except (NotEmpty, PlaceNotFound) as error:
        return await desk.ask(sheet_id, error, place_id=place_id, into=form.into)
    except Conflict as error:
        return await _refused(desk, sheet_id, place_id, error)
    return desk.pages.redirect(f"{shapes.STRUCTURE}/{sheet_id}", done=Done.PLACE_DELETED)


def _shown(
    desk: StructureDesk,
    found: Structure,
    sheet_id: str,
    place_id: str,
    *,
    form: Form | None = None,
    message: str = "",
    status: int = 200,
) -> Page:
    page = shapes.place_page(sheet_of(found, sheet_id), place_id, found, form, message)
    return desk.pages.show("admin/matrix/place.html", page, status=status)


async def _refused(
    desk: StructureDesk,
    sheet_id: str,
    place_id: str,
    error: TerraceError,
    *,
    form: Form | None = None,
    message: str = "",
) -> Page:
    """The place as it stands now; where it has gone meanwhile, its sheet."""
    found, catalogue = await desk.present(), desk.pages.catalogue
    if form is None:
        problems = error.problems if isinstance(error, Invalid) else ()
        message = " ".join(catalogue.problem(problem) for problem in problems) or catalogue.error(error)
    try:
        return _shown(desk, found, sheet_id, place_id, form=form, message=message, status=status_of(error))
    except PlaceNotFound:
        return desk.sheet(found, sheet_id, message=message, status=status_of(error))


def _sheet_with_section(found: Structure, section_id: str) -> Sheet | None:
    """The sheet that has the section."""
    return next((sheet for sheet in found.sheets if any(one.id == section_id for one in sheet.sections)), None)
