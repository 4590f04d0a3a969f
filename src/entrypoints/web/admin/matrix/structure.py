"""The structure of the matrix: its sheets, and what is said of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from pydantic import Field

from core.competency_matrix.errors import NotEmpty, PlaceNotFound, SheetNotFound
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.add_sheet import AddSheet
from core.competency_matrix.use_cases.delete_sheet import DeleteSheet
from core.competency_matrix.use_cases.edit_sheet import EditSheet
from core.competency_matrix.use_cases.order_sheets import OrderSheets
from core.competency_matrix.use_cases.show_structure import ShowStructure, Structure
from core.errors import Conflict, Invalid, TerraceError
from core.transaction import Transaction
from entrypoints.web.admin.matrix import places as shapes
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views import matrix_keeping as views

LIST = shapes.STRUCTURE
ONE = f"{LIST}/{{sheet_id:str}}"


class SheetForm(WebForm):
    """*version* is that of the sheet as somebody saw it; *into* where the questions of what is deleted go."""

    key: str = ""
    name: str = ""
    description: str = ""
    into: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureDesk:
    """The pages of sheets. What was refused is shown with what stands now, whoever changed it."""

    pages: Pages
    show_structure: ShowStructure
    transaction: Transaction

    def sheets(self, found: Structure, *, form: Form | None = None, message: str = "", status: int = 200) -> Page:
        page = views.SheetsPage(
            sheets=tuple(shapes.sheet_row(sheet, found) for sheet in found.sheets),
            form=form or Form(),
            message=message,
        )
        return self.pages.show("admin/matrix/structure.html", page, status=status)

    async def sheets_refused(self, values: Mapping[str, str], error: TerraceError) -> Page:
        form, message = self.refused({"key": "", "name": "", "description": "", **values}, error)
        return self.sheets(await self.present(), form=form, message=message, status=status_of(error))

    def sheet(
        self,
        found: Structure,
        sheet_id: str,
        *,
        form: Form | None = None,
        added: Form | None = None,
        added_to: str | None = None,
        message: str = "",
        status: int = 200,
    ) -> Page:
        """Raises SheetNotFound."""
        sheet = sheet_of(found, sheet_id)
        page = views.StructurePage(
            sheet=shapes.sheet_row(sheet, found),
            form=form or Form(values={"key": sheet.key, "name": sheet.name, "description": sheet.description}),
            sections=tuple(shapes.section_row(section, found) for section in sheet.sections),
            added=added or Form(),
            added_to=added_to,
            message=message,
        )
        return self.pages.show("admin/matrix/structure_sheet.html", page, status=status)

    async def sheet_refused(self, sheet_id: str, values: Mapping[str, str], error: TerraceError) -> Page:
        """*values* are those of the sheet's own form, if it was that."""
        form, message = self.refused(values, error)
        found, kept = await self.present(), form if values else None
        return self.sheet(found, sheet_id, form=kept, message=message, status=status_of(error))

    async def added_refused(
        self, sheet_id: str, values: Mapping[str, str], error: TerraceError, *, section_id: str = ""
    ) -> Page:
        added, message = self.refused(values, error)
        return self.sheet(
            await self.present(), sheet_id, added=added, added_to=section_id, message=message, status=status_of(error)
        )

    async def ask(
        self, sheet_id: str, error: NotEmpty | Invalid | PlaceNotFound, *, place_id: str = "", into: str = ""
    ) -> Page:
        """Where do the questions go? Raises SheetNotFound or PlaceNotFound."""
        found = await self.present()
        sheet = sheet_of(found, sheet_id)
        back_url = f"{LIST}/{sheet_id}" + (f"/places/{place_id}" if place_id else "")
        place = shapes.place_page(sheet, place_id, found, None, "") if place_id else None
        left = sheet.without(place_id) if place_id else None
        others = [left if one.id == sheet.id else one for one in found.sheets]
        words = "" if isinstance(error, NotEmpty) else self.pages.catalogue.error(error)
        page = views.DeletionPage(
            name=place.name if place else sheet.name,
            kind=place.kind if place else "sheet",
            action=f"{back_url}/deletion",
            back_url=back_url,
            version=sheet.version,
            held=place.held if place else found.held_in(sheet),
            groups=shapes.subsection_groups([one for one in others if one is not None]),
            form=Form(values={"into": into}, errors={"into": words} if words else {}),
        )
        return self.pages.show("admin/matrix/deletion.html", page, status=422 if words else 200)

    async def present(self) -> Structure:
        """What stands now, without what was begun and refused."""
        await self.transaction.rest()
        return await self.show_structure()

    def refused(self, values: Mapping[str, str], error: TerraceError) -> tuple[Form, str]:
        """The form as it was typed, and what is to be said above all."""
        if isinstance(error, Invalid):
            return shown(values, catalogue=self.pages.catalogue, problems=error.problems), ""
        return Form(values=dict(values)), self.pages.catalogue.error(error)


def sheet_of(found: Structure, sheet_id: str) -> Sheet:
    """Raises SheetNotFound."""
    sheet = next((one for one in found.sheets if one.id == sheet_id), None)
    if sheet is None:
        raise SheetNotFound
    return sheet


def status_of(error: TerraceError) -> int:
    return 409 if isinstance(error, Conflict) else 422


@get(LIST)
@inject
async def index(show_structure: FromDishka[ShowStructure], desk: FromDishka[StructureDesk]) -> Page:
    return desk.sheets(await show_structure())


@post(LIST)
@inject
async def create(request: WebRequest, add: FromDishka[AddSheet], desk: FromDishka[StructureDesk]) -> Page:
    values = await typed(request)
    form = parsed(SheetForm, values)
    try:
        sheet = await add(name=form.name, key=form.key, description=form.description)
    except Invalid as error:
        return await desk.sheets_refused(values, error)
    return desk.pages.redirect(f"{LIST}/{sheet.id}", done=Done.SHEET_ADDED)


@post(f"{LIST}/order")
@inject
async def order(request: WebRequest, order_sheets: FromDishka[OrderSheets], desk: FromDishka[StructureDesk]) -> Page:
    values = await typed(request)
    try:
        await order_sheets(shapes.wanted_from(values), expected=shapes.seen_in(values))
    except Conflict as error:
        return await desk.sheets_refused({}, error)
    return desk.pages.redirect(LIST, done=Done.ORDER_SAVED)


@get(ONE)
@inject
async def show(
    sheet_id: FromPath[str], show_structure: FromDishka[ShowStructure], desk: FromDishka[StructureDesk]
) -> Page:
    return desk.sheet(await show_structure(), sheet_id)


@post(ONE)
@inject
async def update(
    request: WebRequest, sheet_id: FromPath[str], edit: FromDishka[EditSheet], desk: FromDishka[StructureDesk]
) -> Page:
    values = await typed(request)
    form = parsed(SheetForm, values)
    try:
        await edit(sheet_id, key=form.key, name=form.name, description=form.description, expected=form.expected)
    except (Invalid, Conflict) as error:
        return await desk.sheet_refused(sheet_id, {"key": "", "name": "", "description": "", **values}, error)
    return desk.pages.redirect(f"{LIST}/{sheet_id}", done=Done.SAVED)


@post(f"{ONE}/deletion")
@inject
async def deletion(
    request: WebRequest, sheet_id: FromPath[str], delete: FromDishka[DeleteSheet], desk: FromDishka[StructureDesk]
) -> Page:
    form = parsed(SheetForm, await typed(request))
    try:
        await delete(sheet_id, into=form.into or None, expected=form.expected)
    except (NotEmpty, PlaceNotFound) as error:
        return await desk.ask(sheet_id, error, into=form.into)
    except Conflict as error:
        return await desk.sheet_refused(sheet_id, {}, error)
    return desk.pages.redirect(LIST, done=Done.PLACE_DELETED)
