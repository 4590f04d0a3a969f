"""The newest posts for programs that follow a site, in three formats, of all and by tag."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.blog.use_cases.list_feed import ListFeed
from core.locales import LOCALES
from entrypoints.web.addresses import tag_url, with_query
from entrypoints.web.feeds import atom, json_feed, rss
from entrypoints.web.feeds.entries import Feed, entries
from entrypoints.web.rendering import Page, Pages, WebRequest

FEEDS = UUID("6d1f0e0e-4b0a-5d0f-9c57-6a2f0f5a7e11")
"""The namespace of the feeds' own ids (RFC 9562, 5.5)."""


@dataclass(frozen=True, slots=True)
class Format:
    write: Callable[[Feed], bytes]
    media_type: str


FORMATS: Mapping[str, Format] = {
    "feed.atom": Format(atom.atom, atom.MEDIA_TYPE),
    "feed.rss": Format(rss.rss, rss.MEDIA_TYPE),
    "feed.json": Format(json_feed.json_feed, json_feed.MEDIA_TYPE),
}


@get([f"/blog/{name}" for name in FORMATS])
@inject
async def of_all(request: WebRequest, list_feed: FromDishka[ListFeed], pages: FromDishka[Pages]) -> Page:
    return await _feed(request, list_feed, pages, tag=None)


@get([f"/blog/tags/{{tag:str}}/{name}" for name in FORMATS])
@inject
async def of_tag(
    request: WebRequest, tag: FromPath[str], list_feed: FromDishka[ListFeed], pages: FromDishka[Pages]
) -> Page:
    return await _feed(request, list_feed, pages, tag=tag)


async def _feed(request: WebRequest, list_feed: ListFeed, pages: Pages, *, tag: str | None) -> Page:
    asked = request.query_params.get("lang")
    lang = asked if asked in LOCALES else None
    posts = await list_feed(preferred=pages.settings.locale, tag=tag, lang=lang)
    name = request.scope["path"].rpartition("/")[2]
    site, base = pages.settings, pages.facts.base_url
    page_url = base + (tag_url(tag) if tag else "/blog")
    feed = Feed(
        id=uuid5(FEEDS, f"{pages.facts.tenant.id} {tag or ''} {lang or ''}").urn,
        title=f"{site.title} · {tag}" if tag else site.title,
        subtitle=site.tagline,
        lang=lang or site.locale,
        author=site.title,
        self_url=with_query(f"{page_url}/{name}", lang=lang),
        page_url=with_query(page_url, lang=lang),
        icon=base + pages.assets.url("icon.svg"),
        entries=entries(posts, base),
    )
    return pages.public(FORMATS[name].write(feed), media_type=FORMATS[name].media_type, changed_at=feed.updated_at)
