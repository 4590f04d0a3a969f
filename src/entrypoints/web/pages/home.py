"""The home page."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from markupsafe import Markup

from core.blog.use_cases.find_redirect import FindRedirect
from core.blog.use_cases.list_posts import ListPosts
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.site.entities import SiteSettings
from core.text import N_
from entrypoints.web.addresses import media_url
from entrypoints.web.moved import location, old_number
from entrypoints.web.pages.contacts.form import CONTACTS
from entrypoints.web.pages.contacts.form import SECTION as CONTACT_SECTION
from entrypoints.web.pages.matrix.addresses import SECTION
from entrypoints.web.pages.matrix.overview import sheet_summaries
from entrypoints.web.pages.reading import list_item
from entrypoints.web.pages.seo import site_seo
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import HomePage, MenuItem, PictureView

LATEST = 5
PICTURE_SIZE = 480


@get("/")
@inject
async def index(
    request: WebRequest,
    list_posts: FromDishka[ListPosts],
    show_matrix: FromDishka[ShowMatrix],
    find_redirect: FromDishka[FindRedirect],
    pages: FromDishka[Pages],
) -> Page:
    """The home page of a site that was somewhere else before may have held all of it: ``/?p=12``."""
    if number := old_number(request):
        url = location(await find_redirect(f"/?{number}"))
        if url:
            return pages.moved(url)
    latest = await list_posts(size=LATEST, preferred=pages.settings.locale)
    has_matrix = SECTION in pages.settings.sections
    sheets = sheet_summaries(await show_matrix()) if has_matrix else ()
    page = HomePage(
        about_html=Markup(pages.settings.about_html),  # noqa: S704 - the output of our own sanitiser
        picture=_picture(pages.settings),
        posts=tuple(list_item(post) for post in latest.items),
        matrix=tuple(sheet for sheet in sheets if sheet.total),
        ways=_ways(pages),
        seo=site_seo(pages.settings, pages.facts.base_url),
    )
    return pages.show("home/index.html", page)


def _ways(pages: Pages) -> tuple[MenuItem, ...]:
    """Those of the site, behind its own form."""
    ways = tuple(MenuItem(label=way.label, url=way.url) for way in pages.settings.ways)
    if CONTACT_SECTION not in pages.settings.sections or CONTACTS in {way.url for way in ways}:
        return ways
    return (MenuItem(label=pages.catalogue.gettext(N_("Write to me")), url=CONTACTS), *ways)


def _picture(settings: SiteSettings) -> PictureView | None:
    if settings.picture is None:
        return None
    return PictureView(
        url=media_url(settings.picture), alt=settings.picture_alt, width=PICTURE_SIZE, height=PICTURE_SIZE
    )
