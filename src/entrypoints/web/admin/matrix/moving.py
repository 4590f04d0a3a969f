"""A question comes into another cell: by a form, or dragged over the grid."""

from collections.abc import Sequence

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Action
from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import OrderChanged
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.use_cases.place_question import PlaceQuestion
from core.competency_matrix.use_cases.show_desk_question import DeskQuestion, ShowDeskQuestion
from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.ground import Ground
from entrypoints.web.admin.matrix.questions_writing import ONE
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.matrix_desk import SHEETS
from entrypoints.web.views.matrix_question import QuestionMovePage


class PlaceForm(WebForm):
    """Where to; a script also says *order*, all ids of that cell with the question, and *seen*, those without it."""

    subsection_id: str = ""
    grade: str = ""
    order: str = ""
    seen: str = ""


@get(f"{ONE}/place")
@inject
async def edit(
    question_id: FromPath[str],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    found = await show_question(question_id)
    question = found.question
    pages.access.require(Action.EDIT_QUESTION, on=question)
    values = {"subsection_id": str(question.subsection_id), "grade": str(question.grade or "")}
    return _page(found, Form(values=values), clock, pages)


@post(f"{ONE}/place", status_code=200)
@inject
async def update(
    request: WebRequest,
    question_id: FromPath[str],
    place: FromDishka[PlaceQuestion],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    values = await typed(request)
    form, found = parsed(PlaceForm, values), await show_question(question_id)
    try:
        if not form.subsection_id:
            raise Invalid(Problem.of("subsection_id", N_("Choose the section that it belongs in.")))
        grade = GradeKey(form.grade) if form.grade else None
        order, seen = _ids(form.order), _ids(form.seen)
        placed = await place(question_id, subsection_id=form.subsection_id, grade=grade, order=order, seen=seen)
    except Invalid as error:
        return _page(found, shown(values, catalogue=pages.catalogue, problems=error.problems), clock, pages, status=422)
    except OrderChanged as error:
        message = pages.catalogue.error(error)
        return _page(found, shown(values, catalogue=pages.catalogue, message=message), clock, pages, status=409)
    return _back(found, placed, pages)


def _back(found: DeskQuestion, placed: Question, pages: Pages) -> Page:
    sheet = Ground(sheets=found.sheets, settings=found.settings).sheet(placed.sheet_id)
    is_hidden = found.question.is_public and not placed.is_public
    url = f"{SHEETS}/{sheet.key}#q-{placed.id}" if sheet else SHEETS
    return pages.redirect(url, done=Done.QUESTION_HIDDEN if is_hidden else Done.QUESTION_MOVED)


def _page(found: DeskQuestion, form: Form, clock: Clock, pages: Pages, *, status: int = 200) -> Page:
    ground, question = Ground(sheets=found.sheets, settings=found.settings), found.question
    page = QuestionMovePage(
        form=form,
        question=shapes.desk_question(question, ground, pages.access, clock.now()),
        place=ground.place(question.sheet_id, question.subsection_id),
        grade=ground.marks.get(question.grade) if question.grade else None,
        places=ground.place_groups(),
        grades=ground.grade_choices(),
    )
    return pages.show("admin/matrix/move.html", page, status=status)


def _ids(typed_list: str) -> Sequence[str]:
    return [one for one in typed_list.split(",") if one]
