"""The blog as readers see it."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath
from litestar_htmx import HTMXDetails, HTMXHeaders

from core.access import Action
from core.blog.use_cases.list_posts import ListPosts
from core.blog.use_cases.list_series import ListSeries
from core.blog.use_cases.read_post import ReadPost
from core.blog.use_cases.search_posts import SearchPosts
from core.blog.use_cases.show_shelves import ShowShelves
from core.blog.years import CalendarYear
from core.users.use_cases.show_author import ShowAuthor
from entrypoints.web.addresses import author_url, series_url, tag_url, with_query, year_url
from entrypoints.web.lists import chosen_lang, page_number, searched
from entrypoints.web.pages.reading import post_page
from entrypoints.web.pages.seo import list_seo, post_seo
from entrypoints.web.pages.shelves import BLOG, author_view, search_page, series_page, shelf_page, whole_page
from entrypoints.web.rendering import VARY, Page, Pages, WebRequest
from entrypoints.web.views import PostListPage
from entrypoints.web.words import LIST_HEADINGS

YEAR_DIGITS = 4


@get(BLOG)
@inject
async def index(
    request: WebRequest,
    list_posts: FromDishka[ListPosts],
    search_posts: FromDishka[SearchPosts],
    show_shelves: FromDishka[ShowShelves],
    pages: FromDishka[Pages],
) -> Page:
    """The shelves stand on the first page only: who leafs on has chosen her way."""
    query, own = request.query_params, pages.settings.locale
    text, lang, number = searched(query.get("q")), chosen_lang(query.get("lang")), page_number(query.get("page"))
    if text:
        matching = await search_posts(text, number=number, lang=lang or None, preferred=own)
        page = search_page(matching, text, lang=lang)
    else:
        found = await list_posts(number=number, lang=lang or None, preferred=own)
        has_shelves = number == 1 and not pages.wants_fragment
        shelves = await show_shelves(time_zone=pages.settings.time_zone) if has_shelves else None
        page = whole_page(found, own=own, lang=lang, shelves=shelves)
    return _list(pages, page, _history(request, page))


@get("/blog/tags/{tag:str}")
@inject
async def tagged(
    request: WebRequest, tag: FromPath[str], list_posts: FromDishka[ListPosts], pages: FromDishka[Pages]
) -> Page:
    number = page_number(request.query_params.get("page"))
    found = await list_posts(number=number, tag=tag, preferred=pages.settings.locale)
    return _list(pages, shelf_page(found, kind="tag", name=tag, path=tag_url(tag)))


@get("/blog/series/{series:str}")
@inject
async def in_series(series: FromPath[str], list_series: FromDishka[ListSeries], pages: FromDishka[Pages]) -> Page:
    return _list(pages, series_page(await list_series(series), path=series_url(series)))


@get("/blog/authors/{author:str}")
@inject
async def by_author(
    request: WebRequest,
    author: FromPath[str],
    list_posts: FromDishka[ListPosts],
    show_author: FromDishka[ShowAuthor],
    pages: FromDishka[Pages],
) -> Page:
    number = page_number(request.query_params.get("page"))
    found = await list_posts(number=number, author=author, preferred=pages.settings.locale)
    newest = found.items[0]
    told = await show_author(newest.author_id) if newest.author_id else None
    page = shelf_page(found, kind="author", name=newest.author_name, path=author_url(author))
    return _list(pages, replace(page, author=author_view(told) if told else None))


@get("/blog/{slug:str}")
@inject
async def show(
    request: WebRequest,
    slug: FromPath[str],
    read_post: FromDishka[ReadPost],
    list_posts: FromDishka[ListPosts],
    pages: FromDishka[Pages],
) -> Page:
    if is_year(slug):
        return await _of_year(request, slug, list_posts, pages)
    reading = await read_post(slug, preferred=pages.settings.locale)
    may_edit = pages.access.can(Action.EDIT_POST, on=reading.post)
    edit_url = f"/admin/blog/{reading.post.id}/edit" if may_edit else ""
    page = post_page(reading, base_url=pages.facts.base_url, edit_url=edit_url)
    seo = post_seo(reading.post, page, pages.settings, pages.facts.base_url)
    return pages.show("blog/show.html", replace(page, seo=seo))


def is_year(text: str) -> bool:
    return len(text) == YEAR_DIGITS and text.isascii() and text.isdigit()


async def _of_year(request: WebRequest, digits: str, list_posts: ListPosts, pages: Pages) -> Page:
    year = CalendarYear(number=int(digits), time_zone=pages.settings.time_zone)
    number = page_number(request.query_params.get("page"))
    found = await list_posts(number=number, year=year, preferred=pages.settings.locale)
    return _list(pages, shelf_page(found, kind="year", name=digits, path=year_url(digits)))


def _list(pages: Pages, page: PostListPage, headers: dict[str, str] | None = None) -> Page:
    if pages.wants_fragment:
        return pages.fragment("blog/_list.html", headers=headers, page=page)
    heading = pages.catalogue.gettext(LIST_HEADINGS.get(page.kind, "%(name)s")) % {"name": page.name}
    number = page.pagination.number
    url = with_query(page.path, lang=page.lang, page=number if number > 1 else None)
    seo = None if page.query else list_seo(heading, pages.facts.base_url + url, pages.settings)
    return pages.show("blog/index.html", replace(page, heading=heading, seo=seo))


def _history(request: WebRequest, page: PostListPage) -> dict[str, str]:
    """Whoever types a search takes one step in the browser's history, however many letters it has."""
    number = page.pagination.number
    url = with_query(BLOG, q=page.query, lang=page.lang, page=number if number > 1 else None)
    before = _query_before(request)
    step = HTMXHeaders.REPLACE_URL if before and before != page.query else HTMXHeaders.PUSH_URL
    return {step.value: url, "vary": f"{VARY}, {HTMXHeaders.CURRENT_URL.value}"}


def _query_before(request: WebRequest) -> str:
    """What the page searched for until now."""
    try:
        asked = parse_qs(urlsplit(HTMXDetails(request).current_url or "").query)
    except ValueError:
        return ""
    return searched(next(iter(asked.get("q", ())), ""))
