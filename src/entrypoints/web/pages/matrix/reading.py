"""Looking through the matrix: its sheets, one of them, one question."""

from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.choice import Choice
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.search_questions import Finds as Found
from core.competency_matrix.use_cases.search_questions import SearchQuestions
from core.competency_matrix.use_cases.show_coverage import ShowCoverage
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.competency_matrix.use_cases.show_question import ShowQuestion
from core.competency_matrix.use_cases.show_sheet import ShowSheet
from core.text import N_
from entrypoints.web.lists import chosen_lang
from entrypoints.web.moved import location
from entrypoints.web.pages.matrix.addresses import MATRIX, question_url, sheet_url
from entrypoints.web.pages.matrix.asking import Asked, asked_of, history, refuse_where_closed
from entrypoints.web.pages.matrix.lists import Lister, ranked
from entrypoints.web.pages.matrix.marks import grade_marks
from entrypoints.web.pages.matrix.overview import coverage_chart, sheet_summaries
from entrypoints.web.pages.matrix.questions import question_seo, shown_page
from entrypoints.web.pages.seo import list_seo
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views.matrix import Finds, MatrixPage, SheetPage

FINDS = 30
IN_GRID = 100
"""So many finds are put into their places: of more the list by rank says it better."""
TITLE = N_("Competency matrix")


@get(MATRIX)
@inject
async def index(
    request: WebRequest,
    show_matrix: FromDishka[ShowMatrix],
    search_questions: FromDishka[SearchQuestions],
    show_coverage: FromDishka[ShowCoverage],
    pages: FromDishka[Pages],
) -> Page:
    refuse_where_closed(pages.settings)
    asked = asked_of(request)
    asked = Asked(view="grid", choice=Choice(text=asked.choice.text), number=asked.number)
    finds = await _finds_everywhere(asked, search_questions, pages) if asked.choice.text else None
    if pages.wants_fragment:
        page = MatrixPage(sheets=(), query=asked.choice.text, finds=finds)
        return pages.fragment("matrix/_finds.html", headers=history(request, asked, MATRIX), page=page)
    overview = await show_matrix()
    with_chart = overview.settings.shows_coverage and not asked.choice.text
    page = MatrixPage(
        sheets=sheet_summaries(overview),
        total=overview.tally.questions,
        query=asked.choice.text,
        finds=finds,
        coverage=coverage_chart(await show_coverage()) if with_chart else None,
        accepts_suggestions=overview.settings.accepts_suggestions,
    )
    seo = list_seo(pages.catalogue.gettext(TITLE), pages.facts.base_url + MATRIX, pages.settings)
    return pages.show("matrix/index.html", replace(page, seo=None if page.query else seo))


@get("/matrix/{sheet:str}")
@inject
async def sheet(
    request: WebRequest,
    sheet: FromPath[str],
    show_sheet: FromDishka[ShowSheet],
    search_questions: FromDishka[SearchQuestions],
    pages: FromDishka[Pages],
) -> Page:
    refuse_where_closed(pages.settings)
    asked = asked_of(request)
    if asked.choice.text:
        found, page = await _search(sheet, asked, search_questions, pages)
    else:
        found, page = await _look(sheet, asked, show_sheet, pages)
    if found.key != sheet:
        return pages.moved(location(asked.url(sheet_url(found))) or MATRIX)
    if pages.wants_fragment:
        return pages.fragment("matrix/_sheet.html", headers=history(request, asked, page.url), page=page)
    seo = list_seo(found.name, pages.facts.base_url + page.url, pages.settings)
    is_plain = not page.filters.is_narrow
    return pages.show("matrix/sheet.html", replace(page, seo=seo if is_plain else None))


@get("/matrix/{sheet:str}/{question:str}")
@inject
async def question(
    request: WebRequest,
    sheet: FromPath[str],
    question: FromPath[str],
    show_question: FromDishka[ShowQuestion],
    pages: FromDishka[Pages],
) -> Page:
    """Under its present address only: whoever comes by the one of another sheet, or by a former one, is led there."""
    refuse_where_closed(pages.settings)
    lang = chosen_lang(request.query_params.get("lang")) or pages.settings.locale
    shown = await show_question(question, lang=lang)
    page = shown_page(shown, lang=lang, base_url=pages.facts.base_url, say=pages.catalogue.gettext)
    if question_url(shown.sheet, shown.question.slug) != f"{MATRIX}/{sheet}/{question}":
        return pages.moved(location(page.url) or MATRIX)
    if pages.wants_fragment:
        return pages.fragment("matrix/_question.html", page=replace(page, is_inside=True))
    may_edit = pages.access.can(Action.EDIT_QUESTION, on=shown.question)
    seo = question_seo(shown, page, pages.settings, pages.facts.base_url)
    edit_url = f"/admin/matrix/questions/{shown.question.id}/edit" if may_edit else ""
    return pages.show("matrix/show.html", replace(page, edit_url=edit_url, seo=seo))


async def _finds_everywhere(asked: Asked, search_questions: SearchQuestions, pages: Pages) -> Finds:
    finds = await search_questions(asked.choice, lang=pages.settings.locale, number=asked.number, size=FINDS)
    sheets = {str(one.id): one for one in finds.sheets}
    say = pages.catalogue.gettext
    return ranked(finds.found, sheets, grade_marks(finds.settings), say, path=MATRIX, asked=asked)


async def _look(key: str, asked: Asked, show_sheet: ShowSheet, pages: Pages) -> tuple[Sheet, SheetPage]:
    lang = pages.settings.locale
    shown = await show_sheet(key, asked.choice, lang=lang)
    known = asked.known_to(shown.sheet, shown.settings)
    if known != asked:
        shown = await show_sheet(key, known.choice, lang=lang)
    lister = Lister(
        sheet=shown.sheet, sheets=shown.sheets, settings=shown.settings, asked=known, say=pages.catalogue.gettext
    )
    return shown.sheet, lister.of_sheet(shown)


async def _search(key: str, asked: Asked, search_questions: SearchQuestions, pages: Pages) -> tuple[Sheet, SheetPage]:
    asked = replace(asked, number=1) if asked.view == "grid" else asked
    found, sheet = await _found(key, asked, search_questions, pages)
    known = asked.known_to(sheet, found.settings)
    if known != asked:
        found, sheet = await _found(key, known, search_questions, pages)
    lister = Lister(sheet=sheet, sheets=found.sheets, settings=found.settings, asked=known, say=pages.catalogue.gettext)
    return sheet, lister.of_grid(found.found) if known.view == "grid" else lister.of_finds(found.found)


async def _found(key: str, asked: Asked, search_questions: SearchQuestions, pages: Pages) -> tuple[Found, Sheet]:
    is_brief = asked.view == "grid"
    size = IN_GRID if is_brief else FINDS
    lang = pages.settings.locale
    found = await search_questions(asked.choice, lang=lang, key=key, number=asked.number, size=size, is_brief=is_brief)
    sheet = next(one for one in found.sheets if one.key == key or key in one.former_keys)
    return found, sheet
