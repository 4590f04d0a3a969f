"""One sheet at the desk: its grid with questions of every status, adding to a cell, and the order within one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.errors import OrderChanged, PlaceNotFound, SheetNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.texts import QuestionText
from core.competency_matrix.use_cases.check_double import CheckDouble
from core.competency_matrix.use_cases.draft_question import DraftQuestion
from core.competency_matrix.use_cases.order_questions import OrderQuestions
from core.competency_matrix.use_cases.show_desk_sheet import DeskSheet, ShowDeskSheet
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.matrix.ground import Ground, ground_of
from entrypoints.web.admin.matrix.sheet_shapes import cell_at, sheet_page
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.matrix_desk import SHEETS, CellOrderPage, DeskCell

ONE = f"{SHEETS}/{{sheet:str}}"
_NUMBER = "number-"
_DIGITS = 4


class AddForm(WebForm):
    """*confirmed*: it is another question than those that say nearly the same."""

    place: str
    grade: str = ""
    question: str = ""
    confirmed: str = ""


class OrderForm(WebForm):
    """*seen* is the order that was shown, *order* a new one (by dragging); else ``number-<id>`` number them, and *up*
    or *down* is the button of one. *back*: "list" to stay on the page of the cell. *moved*: what a script moved."""

    place: str
    grade: str = ""
    seen: str = ""
    order: str = ""
    up: str = ""
    down: str = ""
    moved: str = ""
    back: str = ""

    @property
    def mover(self) -> str:
        return self.up or self.down or self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDesk:
    pages: Pages
    show_matrix: ShowMatrix

    async def look(self, show_sheet: ShowDeskSheet, key: str) -> DeskSheet:
        """Raises SheetNotFound."""
        ground = ground_of(await self.show_matrix())
        sheet = ground.called(key)
        if sheet is None:
            raise SheetNotFound
        return await show_sheet(sheet.id, lang=self.pages.settings.locale)

    def cell(self, found: DeskSheet, place: str, grade: str) -> DeskCell:
        """Raises PlaceNotFound."""
        cell = cell_at(found, self.pages.access, place, grade)
        if cell is None:
            raise PlaceNotFound
        return cell

    def grid(self, found: DeskSheet, *, opened: DeskCell | None = None, status: int = 200) -> Page:
        page = sheet_page(found, self.pages.access, opened=opened)
        return self.pages.show("admin/matrix/sheet.html", page, status=status)

    def order(self, found: DeskSheet, cell: DeskCell, *, status: int = 200) -> Page:
        page = CellOrderPage(sheet_name=found.sheet.name, cell=cell)
        return self.pages.show("admin/matrix/order.html", page, status=status)


@get(ONE)
@inject
async def show(
    request: WebRequest, sheet: FromPath[str], show_sheet: FromDishka[ShowDeskSheet], desk: FromDishka[SheetDesk]
) -> Page:
    """``?place=…&grade=…`` opens the form that adds to that cell."""
    found, asked = await desk.look(show_sheet, sheet), request.query_params
    opened = cell_at(found, desk.pages.access, asked.get("place", ""), asked.get("grade", ""))
    if opened is not None and opened.may_add:
        return desk.grid(found, opened=replace(opened, form=Form()))
    return desk.grid(found)


@post(f"{ONE}/questions")
@inject
async def create(
    request: WebRequest,
    sheet: FromPath[str],
    draft: FromDishka[DraftQuestion],
    check: FromDishka[CheckDouble],
    show_sheet: FromDishka[ShowDeskSheet],
    desk: FromDishka[SheetDesk],
) -> Page:
    values = await typed(request)
    form, pages = parsed(AddForm, values), desk.pages
    pages.access.require(Action.DRAFT_QUESTION)
    found = await desk.look(show_sheet, sheet)
    cell, catalogue = desk.cell(found, form.place, form.grade), pages.catalogue
    alike = await check(form.question)
    if alike.is_exact and not form.confirmed:
        ground = Ground(sheets=found.sheets, settings=found.settings)
        doubles = tuple(ground.item(card, pages.access) for card in alike.cards)
        return desk.grid(
            found, opened=replace(cell, form=shown(values, catalogue=catalogue), doubles=doubles), status=422
        )
    grade = GradeKey(form.grade) if form.grade else None
    text = QuestionText(subsection_id=form.place, grade=grade, question=form.question)
    try:
        if not form.question.strip():
            raise Invalid(Problem.of("question", N_("Write the question.")))
        await draft(text, lang=pages.settings.locale)
    except Invalid as error:
        refused = shown(values, catalogue=catalogue, problems=error.problems)
        return desk.grid(found, opened=replace(cell, form=refused), status=422)
    back = with_query(f"{SHEETS}/{found.sheet.key}", place=form.place, grade=form.grade)
    return pages.redirect(f"{back}#{cell.id}", done=Done.QUESTION_ADDED)


@get(f"{ONE}/order")
@inject
async def order(
    request: WebRequest, sheet: FromPath[str], show_sheet: FromDishka[ShowDeskSheet], desk: FromDishka[SheetDesk]
) -> Page:
    """``?place=…&grade=…`` names the cell; without it there is the grid to choose one."""
    desk.pages.access.require(Action.ORDER_QUESTIONS)
    found, asked = await desk.look(show_sheet, sheet), request.query_params
    if "place" not in asked:
        return desk.pages.redirect(f"{SHEETS}/{found.sheet.key}")
    return desk.order(found, desk.cell(found, asked.get("place", ""), asked.get("grade", "")))


@post(f"{ONE}/order", status_code=200)
@inject
async def reorder(
    request: WebRequest,
    sheet: FromPath[str],
    put_in_order: FromDishka[OrderQuestions],
    show_sheet: FromDishka[ShowDeskSheet],
    desk: FromDishka[SheetDesk],
) -> Page:
    """Back to the list of the cell, or to the grid where somebody dragged something."""
    values = await typed(request)
    form, pages = parsed(OrderForm, values), desk.pages
    seen = [one for one in form.seen.split(",") if one]
    try:
        await put_in_order(
            form.place, GradeKey(form.grade) if form.grade else None, _wanted(form, values, seen), expected=seen
        )
    except OrderChanged as error:
        found = await desk.look(show_sheet, sheet)
        cell = replace(desk.cell(found, form.place, form.grade), message=pages.catalogue.error(error))
        return desk.order(found, cell, status=409)
    back = f"{SHEETS}/{sheet}"
    if form.back:
        back = with_query(f"{back}/order", place=form.place, grade=form.grade)
    return pages.redirect(f"{back}#q-{form.mover}" if form.mover in seen else back, done=Done.QUESTIONS_ORDERED)


def _wanted(form: OrderForm, values: dict[str, str], seen: Sequence[str]) -> list[str]:
    if form.order:
        return [one for one in form.order.split(",") if one]
    places = {one: _place(values.get(_NUMBER + one, ""), number) for number, one in enumerate(seen, start=1)}
    moved = form.up or form.down
    if moved not in seen:
        return sorted(seen, key=places.__getitem__)
    wanted = list(seen)
    at = wanted.index(moved)
    to = max(0, at - 1) if form.up else at + 1
    wanted.insert(to, wanted.pop(at))
    return wanted


def _place(typed_number: str, present: int) -> tuple[int, int]:
    """What got another number goes before the one that has it, or behind it when it comes from above."""
    text = typed_number.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else present
    return number, (number > present) - (number < present)
