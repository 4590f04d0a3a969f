"""Visitors propose questions, where the owner takes them."""

from collections.abc import Mapping
from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.clock import Clock
from core.competency_matrix.errors import DoubleSuggestion, SuggestionsClosed
from core.competency_matrix.suggestions import NAME_LENGTH, REMARK_LENGTH, Proposed
from core.competency_matrix.texts import QUESTION_LENGTH
from core.competency_matrix.use_cases.show_matrix import Overview, ShowMatrix
from core.competency_matrix.use_cases.show_question import ShowQuestion
from core.competency_matrix.use_cases.suggest_question import SuggestQuestion
from core.errors import Invalid, TooMany
from core.limits import Client
from core.text import N_
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.pages.matrix.addresses import SUGGESTIONS, question_url
from entrypoints.web.pages.matrix.asking import refuse_where_closed
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form
from entrypoints.web.views.matrix import PlainLink, SuggestionPage

STAMP = "stamp"
TRAP = "website"
"""A field that people do not see and programs fill in."""
SOONEST = 2
"""Seconds: nobody reads the form and writes a question in less."""
QUICK = N_("That was very quick. Please look it over and send it once more.")


class SuggestionForm(WebForm):
    question: str = ""
    remark: str = ""
    name: str = ""
    sheet: str = ""
    grade: str = ""
    website: str = ""
    is_sure: str = ""

    @property
    def proposed(self) -> Proposed:
        return Proposed(
            question=self.question,
            remark=self.remark.replace("\r\n", "\n"),
            name=self.name,
            sheet=self.sheet,
            grade=self.grade,
        )


@get(SUGGESTIONS)
@inject
async def new(
    request: WebRequest, show_matrix: FromDishka[ShowMatrix], clock: FromDishka[Clock], pages: FromDishka[Pages]
) -> Page:
    overview = await _open(show_matrix, pages)
    form = Form(values={"sheet": request.query_params.get("sheet", "")})
    return _shown(pages, _page(pages, overview, form, clock))


@post(SUGGESTIONS)
@inject
async def create(
    request: WebRequest,
    show_matrix: FromDishka[ShowMatrix],
    show_question: FromDishka[ShowQuestion],
    suggest_question: FromDishka[SuggestQuestion],
    client: FromDishka[Client],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    """Whoever fills in what nobody sees is thanked all the same: programs need not learn why nothing came of it."""
    overview = await _open(show_matrix, pages)
    values = await typed(request)
    form = parsed(SuggestionForm, values)
    if form.website:
        return pages.redirect(SUGGESTIONS, done=Done.SUGGESTED)
    page = _page(pages, overview, shown(_kept(values), catalogue=pages.catalogue), clock, given=values.get(STAMP, ""))
    if not _is_unhurried(pages, values.get(STAMP, ""), clock):
        message = pages.catalogue.gettext(QUICK)
        return _shown(pages, replace(page, form=replace(page.form, message=message)), status=422)
    try:
        proposal = await suggest_question(form.proposed, client=client, is_sure=bool(form.is_sure))
    except (Invalid, TooMany) as error:
        return await _refused(pages, page, values, error, show_question)
    if proposal.suggestion is not None:
        return pages.redirect(SUGGESTIONS, done=Done.SUGGESTED)
    sheets = {one.sheet.id: one.sheet for one in overview.sheets}
    alike = (
        PlainLink(title=card.question, url=question_url(sheets[card.sheet_id], card.slug)) for card in proposal.alike
    )
    return _shown(pages, replace(page, alike=tuple(alike)))


async def _open(show_matrix: ShowMatrix, pages: Pages) -> Overview:
    refuse_where_closed(pages.settings)
    overview = await show_matrix()
    if not overview.settings.accepts_suggestions:
        raise SuggestionsClosed
    return overview


async def _refused(
    pages: Pages,
    page: SuggestionPage,
    values: Mapping[str, str],
    error: Invalid | TooMany,
    show_question: ShowQuestion,
) -> Page:
    if isinstance(error, TooMany):
        message = pages.catalogue.error(error)
        answer = _shown(pages, replace(page, form=replace(page.form, message=message)), status=429)
        answer.headers["retry-after"] = str(error.retry_after)
        return answer
    form = shown(_kept(values), catalogue=pages.catalogue, problems=error.problems)
    same = None
    if isinstance(error, DoubleSuggestion) and error.slug:
        found = await show_question(error.slug, lang=pages.settings.locale)
        same = PlainLink(title=found.question.title, url=question_url(found.sheet, found.question.slug))
    return _shown(pages, replace(page, form=form, same=same), status=422)


def _page(pages: Pages, overview: Overview, form: Form, clock: Clock, *, given: str = "") -> SuggestionPage:
    """A form that comes back keeps the stamp that was *given*: whoever only says "yes, send it" need not wait again."""
    say = pages.catalogue.gettext
    grades = (Choice(value=grade.key, label=grade.name) for grade in overview.settings.grades)
    sheets = (Choice(value=one.sheet.key, label=one.sheet.name) for one in overview.sheets)
    return SuggestionPage(
        form=form,
        sheets=(Choice(value="", label=say(N_("Any sheet"))), *sheets),
        grades=(Choice(value="", label=say(N_("Any grade"))), *grades),
        stamp=given if _is_ours(pages, given) else _stamp(pages, clock),
        limits={"question": QUESTION_LENGTH, "remark": REMARK_LENGTH, "name": NAME_LENGTH},
    )


def _shown(pages: Pages, page: SuggestionPage, *, status: int = 200) -> Page:
    return pages.show("matrix/suggestions.html", page, status=status, has_form=True)


def _kept(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name in SuggestionForm.model_fields and name != TRAP}


def _stamp(pages: Pages, clock: Clock) -> str:
    """When the form was shown, by our own word."""
    at = str(int(clock.now().timestamp()))
    return f"{at}.{pages.csrf.make(pages.facts.tenant.id, f'{STAMP} {at}')}"


def _is_ours(pages: Pages, stamp: str) -> bool:
    at, _, code = stamp.partition(".")
    return pages.csrf.is_valid(code, pages.facts.tenant.id, f"{STAMP} {at}")


def _is_unhurried(pages: Pages, stamp: str, clock: Clock) -> bool:
    return _is_ours(pages, stamp) and clock.now().timestamp() - int(stamp.partition(".")[0]) >= SOONEST
