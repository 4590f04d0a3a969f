"""Being asked: one question after the other, each answered before its answer is opened."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.competency_matrix.choice import Choice
from core.competency_matrix.use_cases.pick_interview import Interview, PickInterview
from core.competency_matrix.use_cases.show_sheet import ShowSheet
from entrypoints.web.moved import location
from entrypoints.web.pages.matrix.addresses import MATRIX, interview_url, sheet_url
from entrypoints.web.pages.matrix.asking import Asked, asked_of, choice_query, number_in, refuse_where_closed
from entrypoints.web.pages.matrix.lists import filters
from entrypoints.web.pages.matrix.questions import question_page
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views.matrix import InterviewPage, InterviewStartPage, QuestionPage

SEED_LENGTH = 40
NEW_SEED = 4
"""Bytes of a seed of ours: enough that nobody meets the same questions twice in the same order."""


@get("/matrix/{sheet:str}/interview")
@inject
async def show(
    request: WebRequest,
    sheet: FromPath[str],
    show_sheet: FromDishka[ShowSheet],
    pick_interview: FromDishka[PickInterview],
    pages: FromDishka[Pages],
) -> Page:
    """The address says all: which questions (seed and choice) and how far one has come (number)."""
    refuse_where_closed(pages.settings)
    choice = _choice(asked_of(request))
    seed = request.query_params.get("seed", "")[:SEED_LENGTH]
    if not seed and "number" in request.query_params:
        return pages.redirect(_url(f"{MATRIX}/{sheet}/interview", choice, secrets.token_hex(NEW_SEED), 1))
    if not seed:
        return await _start(sheet, choice, show_sheet, pages)
    number = number_in(request.query_params.get("number"))
    interview = await pick_interview(sheet, choice, seed=seed, lang=pages.settings.locale)
    path = interview_url(interview.sheet)
    if interview.sheet.key != sheet:
        return pages.moved(location(_url(path, choice, seed, number)) or MATRIX)
    return pages.show("matrix/interview.html", _page(interview, choice, seed, number, pages))


async def _start(key: str, choice: Choice, show_sheet: ShowSheet, pages: Pages) -> Page:
    shown = await show_sheet(key, choice, lang=pages.settings.locale)
    path = interview_url(shown.sheet)
    if shown.sheet.key != key:
        return pages.moved(location(Asked(choice=choice).url(path)) or MATRIX)
    page = InterviewStartPage(
        name=shown.sheet.name,
        sheet_id=shown.sheet.id,
        sheet_url=sheet_url(shown.sheet),
        url=path,
        filters=filters(shown.sheet, shown.settings, Asked(choice=choice), pages.catalogue.gettext),
        total=shown.shown,
    )
    return pages.show("matrix/interview_start.html", page)


def _page(interview: Interview, choice: Choice, seed: str, number: int, pages: Pages) -> InterviewPage:
    path, last = interview_url(interview.sheet), len(interview.questions)
    page = InterviewPage(
        name=interview.sheet.name,
        sheet_id=interview.sheet.id,
        sheet_url=sheet_url(interview.sheet),
        number=number,
        last=last,
        again_url=_url(path, choice, "", 1),
        change_url=Asked(choice=choice).url(path),
    )
    if number > last:
        return page
    return replace(
        page,
        question=_asked(interview, number, pages),
        previous_url=_url(path, choice, seed, number - 1) if number > 1 else "",
        next_url=_url(path, choice, seed, number + 1),
    )


def _asked(interview: Interview, number: int, pages: Pages) -> QuestionPage:
    return question_page(
        interview.questions[number - 1],
        interview.sheet,
        interview.settings,
        lang=pages.settings.locale,
        base_url=pages.facts.base_url,
        say=pages.catalogue.gettext,
    )


def _choice(asked: Asked) -> Choice:
    """Of grades and a section: an interviewer does not look for words."""
    return Choice(section=asked.choice.section, grades=asked.choice.grades)


def _url(path: str, choice: Choice, seed: str, number: int) -> str:
    """Without a *seed* the next one is drawn."""
    query: Sequence[tuple[str, str]] = [*choice_query(choice), *([("seed", seed)] if seed else [])]
    return f"{path}?{urlencode([*query, ('number', str(number))])}"
