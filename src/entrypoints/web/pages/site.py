"""What programs ask a site for: robots, search engines, those who found a hole."""

from datetime import timedelta

from dishka.integrations.litestar import FromDishka, inject
from litestar import get

from core.blog.use_cases.list_addresses import ListAddresses
from core.clock import Clock
from core.competency_matrix.use_cases.list_question_addresses import ListQuestionAddresses
from core.site.use_cases.show_site import ShowSite
from entrypoints.web.feeds.site_map import site_map
from entrypoints.web.pages.matrix.addresses import SECTION
from entrypoints.web.rendering import Page, Pages

EXPIRES_IN = timedelta(days=180)
_ROBOTS = "User-agent: *\nDisallow: /admin\nDisallow: /api/\nDisallow: /login\nDisallow: /invitations/\n"


@get("/robots.txt")
@inject
async def robots(pages: FromDishka[Pages]) -> Page:
    text = f"{_ROBOTS}Sitemap: {pages.facts.base_url}/sitemap.xml\n"
    return pages.public(text.encode(), media_type="text/plain; charset=utf-8")


@get("/sitemap.xml")
@inject
async def sitemap(
    list_addresses: FromDishka[ListAddresses],
    list_question_addresses: FromDishka[ListQuestionAddresses],
    pages: FromDishka[Pages],
) -> Page:
    """sitemaps.org, with translations as developers.google.com/search/docs/specialty/international has them."""
    matrix = await list_question_addresses() if SECTION in pages.settings.sections else None
    body = site_map(await list_addresses(), pages.facts.base_url, matrix=matrix)
    return pages.public(body, media_type="application/xml")


@get("/.well-known/security.txt")
@inject
async def security(show_site: FromDishka[ShowSite], clock: FromDishka[Clock], pages: FromDishka[Pages]) -> Page:
    """RFC 9116. The contacts are the ways to reach the owner that she shows anyway; without any, her home page."""
    site = await show_site()
    ways = [way.url for way in site.ways if way.url.startswith(("mailto:", "https://", "tel:"))]
    expires = (clock.now() + EXPIRES_IN).replace(hour=0, minute=0, second=0, microsecond=0)
    base = pages.facts.base_url
    lines = [f"Contact: {url}" for url in ways or [f"{base}/"]]
    lines.append(f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}")
    lines.append(f"Preferred-Languages: {', '.join(dict.fromkeys((site.locale, 'en')))}")
    lines.append(f"Canonical: {base}/.well-known/security.txt")
    return pages.public(("\n".join(lines) + "\n").encode(), media_type="text/plain; charset=utf-8")
