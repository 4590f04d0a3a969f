"""Questions at the desk: the list, and what is done to several of them, to all or to none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.competency_matrix.bulk import NewState
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import SomeNotReady
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.readiness import LACK_CODES
from core.competency_matrix.use_cases.change_question_states import ChangeQuestionStates
from core.competency_matrix.use_cases.change_questions import ChangeQuestions
from core.competency_matrix.use_cases.list_desk_questions import ListDeskQuestions
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.errors import Conflict, Invalid, Problem
from core.pagination import NumberedPage
from core.publication import PublicationStatus
from core.text import N_
from entrypoints.http.translations import Catalogue
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.matrix.ground import Ground, ground_of
from entrypoints.web.forms import WebForm, parsed, typed
from entrypoints.web.lists import pagination, searched
from entrypoints.web.notices import Done
from entrypoints.web.pages.matrix.asking import number_in
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views.matrix_desk import QUESTIONS, BulkResult, DeskFilters, QuestionListPage

Deed = Literal["publish", "withdraw", "trash", "restore", "grade", "move"]
YES = "yes"
_PREFIX = "question-"
_BACK = "back-"
_STATES: Mapping[str, tuple[NewState, Done]] = {
    "publish": (NewState.PUBLISHED, Done.ALL_PUBLISHED),
    "withdraw": (NewState.WITHDRAWN, Done.ALL_WITHDRAWN),
    "trash": (NewState.TRASHED, Done.ALL_TRASHED),
    "restore": (NewState.RESTORED, Done.QUESTIONS_RESTORED),
}


class SelectionForm(WebForm):
    """The boxes are ``question-<id>``; ``back-<filter>`` say which list to come back to."""

    deed: Deed
    grade: str = ""
    subsection_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was to be done to those *chosen*, and why nothing was."""

    error: Invalid | Conflict
    form: SelectionForm
    chosen: frozenset[str]

    @property
    def status(self) -> int:
        return 409 if isinstance(self.error, Conflict) else 422

    def result(self, names: Mapping[str, str], say: Catalogue) -> BulkResult:
        """*names*: what the questions of the list are called."""
        error, form = self.error, self.form
        lines = tuple(
            f"{names.get(question_id, question_id)}: {' '.join(say.problem(lack.problem) for lack in lacks)}"
            for question_id, lacks in (error.lacks.items() if isinstance(error, SomeNotReady) else ())
        )
        problems = error.problems if isinstance(error, Invalid) else ()
        message = " ".join(say.problem(problem) for problem in problems) or say.error(error)
        return BulkResult(message=message, lines=lines, deed=form.deed, grade=form.grade, place=form.subsection_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLists:
    """The list that the filters ask for, whole or only what a filter changes."""

    pages: Pages
    show_matrix: ShowMatrix

    async def show(
        self,
        list_questions: ListDeskQuestions,
        filters: DeskFilters,
        *,
        number: int = 1,
        refusal: Refusal | None = None,
    ) -> Page:
        ground = ground_of(await self.show_matrix())
        found = await self._found(list_questions, filters, ground, number)
        names = {str(card.id): card.question for card in found.items}
        page = QuestionListPage(
            questions=tuple(ground.item(card, self.pages.access) for card in found.items),
            pagination=pagination(found, QUESTIONS, **filters.values),
            filters=filters,
            sheets=ground.sheet_choices(),
            grades=ground.grade_choices(),
            places=ground.place_groups(),
            result=refusal.result(names, self.pages.catalogue) if refusal else None,
            chosen=refusal.chosen if refusal else frozenset(),
        )
        if self.pages.wants_fragment and refusal is None:
            return self.pages.fragment("admin/matrix/_list.html", page=page)
        return self.pages.show("admin/matrix/questions.html", page, status=refusal.status if refusal else 200)

    async def _found(
        self, list_questions: ListDeskQuestions, filters: DeskFilters, ground: Ground, number: int
    ) -> NumberedPage[QuestionCard]:
        sheet = ground.called(filters.sheet)
        grades = frozenset({GradeKey(filters.grade)} if filters.grade else ())
        return await list_questions(
            Choice(grades=grades, text=filters.query),
            lang=self.pages.settings.locale,
            number=number,
            status=next((one for one in PublicationStatus if one.value == filters.status), None),
            sheet_id=sheet.id if sheet else filters.sheet or None,
            lack=filters.lack or None,
            is_flagged=filters.is_flagged,
            resource_id=filters.resource or None,
            is_trashed=filters.is_trashed,
        )


@get(QUESTIONS)
@inject
async def index(
    request: WebRequest, list_questions: FromDishka[ListDeskQuestions], lists: FromDishka[QuestionLists]
) -> Page:
    asked = request.query_params
    return await lists.show(list_questions, filters_in(asked), number=number_in(asked.get("page")))


@post(f"{QUESTIONS}/selection", status_code=200)
@inject
async def selection(
    request: WebRequest,
    change: FromDishka[ChangeQuestions],
    change_states: FromDishka[ChangeQuestionStates],
    list_questions: FromDishka[ListDeskQuestions],
    lists: FromDishka[QuestionLists],
) -> Page:
    values = await typed(request)
    form = parsed(SelectionForm, values)
    chosen = [name.removeprefix(_PREFIX) for name in values if name.startswith(_PREFIX)]
    filters = filters_in({name.removeprefix(_BACK): value for name, value in values.items() if name.startswith(_BACK)})
    try:
        if form.deed in _STATES:
            state, done = _STATES[form.deed]
            count = await change_states(chosen, state)
        else:
            grade, place = _target(form)
            count, done = await change(chosen, grade=grade, subsection_id=place), Done.QUESTIONS_CHANGED
    except (Invalid, Conflict) as error:
        refusal = Refusal(error=error, form=form, chosen=frozenset(chosen))
        return await lists.show(list_questions, filters, refusal=refusal)
    return lists.pages.redirect(with_query(QUESTIONS, **filters.values), done=done, count=count)


def filters_in(asked: Mapping[str, str]) -> DeskFilters:
    """Values that mean nothing here are passed over."""
    status, lack = asked.get("status", ""), asked.get("lack", "")
    return DeskFilters(
        query=searched(asked.get("q")),
        sheet=asked.get("sheet", "")[:100],
        grade=asked.get("grade", "")[:100],
        status=status if status in {one.value for one in PublicationStatus} else "",
        lack=lack if lack in LACK_CODES else "",
        resource=asked.get("resource", "")[:100],
        is_flagged=asked.get("flagged") == YES,
        is_trashed=asked.get("trashed") == YES,
    )


def _target(form: SelectionForm) -> tuple[GradeKey | None, str | None]:
    """Raises Invalid when it is not said where to."""
    if form.deed == "grade":
        if not form.grade:
            raise Invalid(Problem.of("grade", N_("Choose a grade.")))
        return GradeKey(form.grade), None
    if not form.subsection_id:
        raise Invalid(Problem.of("subsection_id", N_("Choose the section that it belongs in.")))
    return (GradeKey(form.grade) if form.grade else None), form.subsection_id
