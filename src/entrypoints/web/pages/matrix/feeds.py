"""New and changed questions for programs that follow a site: of all sheets and of one."""

from collections.abc import Mapping
from uuid import uuid5

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.competency_matrix.entities import Question
from core.competency_matrix.sheets import Sheet, sheet_called
from core.competency_matrix.use_cases.list_question_feed import ListQuestionFeed
from entrypoints.web.feeds.entries import Feed, FeedEntry, absolute, printable, urn
from entrypoints.web.moved import location
from entrypoints.web.pages.feeds import FEEDS, FORMATS
from entrypoints.web.pages.matrix.addresses import MATRIX, question_url, sheet_url
from entrypoints.web.pages.matrix.asking import refuse_where_closed
from entrypoints.web.pages.matrix.marks import place_of
from entrypoints.web.pages.matrix.reading import TITLE
from entrypoints.web.rendering import Page, Pages, WebRequest

NAMES = ("feed.atom", "feed.json")


@get([f"{MATRIX}/{name}" for name in NAMES])
@inject
async def of_all(request: WebRequest, list_feed: FromDishka[ListQuestionFeed], pages: FromDishka[Pages]) -> Page:
    return await _feed(request, list_feed, pages, key=None)


@get([f"{MATRIX}/{{sheet:str}}/{name}" for name in NAMES])
@inject
async def of_sheet(
    request: WebRequest, sheet: FromPath[str], list_feed: FromDishka[ListQuestionFeed], pages: FromDishka[Pages]
) -> Page:
    return await _feed(request, list_feed, pages, key=sheet)


async def _feed(request: WebRequest, list_feed: ListQuestionFeed, pages: Pages, *, key: str | None) -> Page:
    refuse_where_closed(pages.settings)
    found = await list_feed(key=key)
    name = request.scope["path"].rpartition("/")[2]
    one = sheet_called(key, found.sheets) if key is not None else None
    path = sheet_url(one) if one else MATRIX
    if one and one.key != key:
        return pages.moved(location(f"{path}/{name}") or MATRIX)
    site, base = pages.settings, pages.facts.base_url
    subject = one.name if one else pages.catalogue.gettext(TITLE)
    sheets = {str(sheet.id): sheet for sheet in found.sheets}
    feed = Feed(
        id=uuid5(FEEDS, f"{pages.facts.tenant.id} matrix {one.id if one else ''}").urn,
        title=f"{site.title} · {subject}",
        subtitle=one.description if one else site.tagline,
        lang=site.locale,
        author=site.title,
        self_url=f"{base}{path}/{name}",
        page_url=base + path,
        icon=base + pages.assets.url("icon.svg"),
        entries=tuple(entry(question, sheets, base) for question in found.questions),
    )
    kind = FORMATS[name]
    return pages.public(kind.write(feed), media_type=kind.media_type, changed_at=feed.updated_at)


def entry(question: Question, sheets: Mapping[str, Sheet], base_url: str) -> FeedEntry:
    """The answer is what is new; the question is its title."""
    sheet = sheets[question.sheet_id]
    url = base_url + question_url(sheet, question.slug)
    published_at = question.published_at or question.created_at
    return FeedEntry(
        id=urn(question.id),
        url=url,
        title=printable(question.title),
        summary=printable(question.own.wording.hint),
        html=printable(absolute(question.own.answer_html, base_url, url)),
        lang=question.lang,
        author="",
        tags=(printable(sheet.name), printable(place_of(sheet, question.subsection_id))),
        published_at=published_at,
        updated_at=max(question.updated_at, published_at),
    )
