"""What programs ask a site for: robots, search engines, those who found a hole."""

from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from dishka.integrations.litestar import FromDishka, inject
from litestar import get

from core.blog.use_cases.list_posts import ListPosts
from core.clock import Clock
from core.site.use_cases.show_site import ShowSite
from entrypoints.web.addresses import post_url
from entrypoints.web.rendering import Page, Pages

SITEMAP_POSTS = 1000
EXPIRES_IN = timedelta(days=180)
_ROBOTS = "User-agent: *\nDisallow: /admin\nDisallow: /api/\nDisallow: /login\nDisallow: /invitations/\n"


@get("/robots.txt")
@inject
async def robots(pages: FromDishka[Pages]) -> Page:
    text = f"{_ROBOTS}Sitemap: {pages.facts.base_url}/sitemap.xml\n"
    return pages.public(text.encode(), media_type="text/plain; charset=utf-8")


@get("/sitemap.xml")
@inject
async def sitemap(list_posts: FromDishka[ListPosts], pages: FromDishka[Pages]) -> Page:
    found = await list_posts(size=SITEMAP_POSTS)
    base = pages.facts.base_url
    entries = [_entry(f"{base}/"), _entry(f"{base}/blog")]
    entries += [_entry(base + post_url(post.slug), post.updated_at) for post in found.items]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "".join(entries) + "</urlset>\n"
    )
    return pages.public(body.encode(), media_type="application/xml")


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


def _entry(url: str, changed_at: datetime | None = None) -> str:
    changed = f"<lastmod>{changed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(url)}</loc>{changed}</url>\n"
