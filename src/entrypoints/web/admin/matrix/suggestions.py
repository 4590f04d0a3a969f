"""What visitors propose: the queue, one of them, what is decided, and what became of earlier ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.competency_matrix.grades import GradeKey
from core.competency_matrix.suggestions import Suggestion, SuggestionState
from core.competency_matrix.texts import QuestionText
from core.competency_matrix.use_cases.accept_suggestion import AcceptSuggestion
from core.competency_matrix.use_cases.list_suggestions import ListSuggestions
from core.competency_matrix.use_cases.reject_suggestion import RejectSuggestion
from core.competency_matrix.use_cases.show_structure import ShowStructure, Structure
from core.competency_matrix.use_cases.show_suggestion import ShowSuggestion
from core.errors import Conflict, Invalid, TerraceError
from core.transaction import Transaction
from entrypoints.web.admin.matrix.places import subsection_groups
from entrypoints.web.admin.matrix.resource_shapes import used_in
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.lists import page_number, pagination
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form
from entrypoints.web.views.matrix_keeping import SuggestionDeskPage, SuggestionItem, SuggestionsPage, SuggestionTab

LIST = "/admin/matrix/suggestions"
ONE = f"{LIST}/{{suggestion_id:str}}"
TABS: Mapping[SuggestionTab, SuggestionState | None] = {
    "new": SuggestionState.NEW,
    "accepted": SuggestionState.ACCEPTED,
    "rejected": SuggestionState.REJECTED,
    "all": None,
}
FIELDS = ("question", "subsection_id", "grade", "hint", "answer", "expectation")


class AcceptForm(WebForm):
    """The words of the draft; *intent* edit: to go on with it in the editor."""

    question: str = ""
    subsection_id: str = ""
    grade: str = ""
    hint: str = ""
    answer: str = ""
    expectation: str = ""
    intent: str = ""

    @property
    def text(self) -> QuestionText:
        return QuestionText(
            subsection_id=self.subsection_id,
            question=self.question,
            grade=GradeKey(self.grade) if self.grade else None,
            hint=self.hint,
            answer=self.answer.replace("\r\n", "\n"),
            expectation=self.expectation.replace("\r\n", "\n"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionDesk:
    """The pages of suggestions."""

    pages: Pages
    show_structure: ShowStructure
    transaction: Transaction

    async def index(self, list_suggestions: ListSuggestions, tab: SuggestionTab, number: int) -> Page:
        found = await list_suggestions(TABS[tab], number=number)
        is_new = tab == "new"
        waiting = found.total if is_new else (await list_suggestions(SuggestionState.NEW, size=1)).total
        structure = await self.show_structure()
        page = SuggestionsPage(
            suggestions=tuple(suggestion_item(one, structure) for one in found.items),
            pagination=pagination(found, LIST, state="" if is_new else tab),
            tab=tab,
            waiting=waiting,
            is_open=structure.settings.accepts_suggestions,
        )
        return self.pages.show("admin/matrix/suggestions.html", page)

    async def show(
        self, show_suggestion: ShowSuggestion, suggestion_id: str, *, form: Form | None = None, status: int = 200
    ) -> Page:
        found, structure = await show_suggestion(suggestion_id), await self.show_structure()
        sheets = {str(sheet.id): sheet.key for sheet in structure.sheets}
        page = SuggestionDeskPage(
            suggestion=suggestion_item(found.suggestion, structure),
            form=form or _first_form(found.suggestion, structure),
            alike=tuple(used_in(card, sheets) for card in found.alike),
            places=subsection_groups(structure.sheets),
            grades=tuple(Choice(value=grade.key, label=grade.name) for grade in structure.settings.grades),
        )
        return self.pages.show("admin/matrix/suggestion.html", page, status=status)

    async def refused(
        self,
        show_suggestion: ShowSuggestion,
        suggestion_id: str,
        error: TerraceError,
        values: Mapping[str, str] | None = None,
    ) -> Page:
        await self.transaction.rest()
        catalogue, typed_in = self.pages.catalogue, {**dict.fromkeys(FIELDS, ""), **(values or {})}
        if isinstance(error, Invalid):
            form = shown(typed_in, catalogue=catalogue, problems=error.problems)
            return await self.show(show_suggestion, suggestion_id, form=form, status=422)
        form = Form(values=typed_in, message=catalogue.error(error))
        return await self.show(show_suggestion, suggestion_id, form=form, status=409)


def suggestion_item(one: Suggestion, structure: Structure) -> SuggestionItem:
    sheet = next((sheet for sheet in structure.sheets if sheet.id == one.sheet_id), None)
    grade = structure.settings.grade(one.grade)
    return SuggestionItem(
        id=one.id,
        question=one.question,
        state=one.state.value,
        created_at=one.created_at,
        name=one.name,
        remark=one.remark,
        place=sheet.name if sheet else "",
        grade=grade.name if grade else "",
        decided_at=one.decided_at,
        decided_by=one.decided_by_name,
        question_url=f"/admin/matrix/questions/{one.question_id}/edit" if one.question_id else "",
    )


def _first_form(one: Suggestion, structure: Structure) -> Form:
    """As the visitor proposed it; of a place she can only name the sheet, so it is the first one there."""
    sheet = next((sheet for sheet in structure.sheets if sheet.id == one.sheet_id), None)
    place = next((subsection.id for subsection in sheet.subsections), "") if sheet else ""
    grade = structure.settings.grade(one.grade)
    text = one.text_for(place, grade.key if grade else None)
    return Form(
        values={
            "question": text.question,
            "subsection_id": text.subsection_id,
            "grade": text.grade or "",
            "hint": text.hint,
            "answer": text.answer,
            "expectation": text.expectation,
        }
    )


@get(LIST)
@inject
async def index(
    request: WebRequest, list_suggestions: FromDishka[ListSuggestions], desk: FromDishka[SuggestionDesk]
) -> Page:
    asked = request.query_params
    tab: SuggestionTab = next((tab for tab in TABS if tab == asked.get("state")), "new")
    return await desk.index(list_suggestions, tab, page_number(asked.get("page")))


@get(ONE)
@inject
async def show(
    suggestion_id: FromPath[str], show_suggestion: FromDishka[ShowSuggestion], desk: FromDishka[SuggestionDesk]
) -> Page:
    return await desk.show(show_suggestion, suggestion_id)


@post(f"{ONE}/acceptance")
@inject
async def acceptance(
    request: WebRequest,
    suggestion_id: FromPath[str],
    accept: FromDishka[AcceptSuggestion],
    show_suggestion: FromDishka[ShowSuggestion],
    desk: FromDishka[SuggestionDesk],
) -> Page:
    values = await typed(request)
    form = parsed(AcceptForm, values)
    try:
        question = await accept(suggestion_id, form.text, lang=desk.pages.settings.locale)
    except (Invalid, Conflict) as error:
        return await desk.refused(show_suggestion, suggestion_id, error, values)
    if form.intent == "edit":
        return desk.pages.redirect(f"/admin/matrix/questions/{question.id}/edit", done=Done.SUGGESTION_ACCEPTED)
    return desk.pages.redirect(LIST, done=Done.SUGGESTION_ACCEPTED)


@post(f"{ONE}/rejection")
@inject
async def rejection(
    suggestion_id: FromPath[str],
    reject: FromDishka[RejectSuggestion],
    show_suggestion: FromDishka[ShowSuggestion],
    desk: FromDishka[SuggestionDesk],
) -> Page:
    try:
        await reject(suggestion_id)
    except Conflict as error:
        return await desk.refused(show_suggestion, suggestion_id, error)
    return desk.pages.redirect(LIST, done=Done.SUGGESTION_REJECTED)
