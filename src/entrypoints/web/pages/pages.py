"""Free pages, and texts opened by a link for those who may look early."""

from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.access import Action
from core.blog.entities import PostKind
from core.blog.use_cases.open_preview import OpenPreview
from core.blog.use_cases.read_post import ReadPost
from core.clock import Clock
from entrypoints.web.pages.reading import post_page
from entrypoints.web.pages.seo import post_seo
from entrypoints.web.rendering import Page, Pages

TEMPLATES = {PostKind.POST: "blog/show.html", PostKind.PAGE: "pages/show.html"}
_UNSEEN = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow"}
"""Whoever has the address may read: it is told to nobody."""


@get("/pages/{slug:str}")
@inject
async def show(slug: FromPath[str], read_post: FromDishka[ReadPost], pages: FromDishka[Pages]) -> Page:
    reading = await read_post(slug, preferred=pages.settings.locale, kind=PostKind.PAGE)
    may_edit = pages.access.can(Action.EDIT_POST, on=reading.post)
    edit_url = f"/admin/pages/{reading.post.id}/edit" if may_edit else ""
    page = post_page(reading, base_url=pages.facts.base_url, edit_url=edit_url)
    seo = post_seo(reading.post, page, pages.settings, pages.facts.base_url)
    return pages.show("pages/show.html", replace(page, seo=seo))


@get("/preview/{preview:str}")
@inject
async def early(
    preview: FromPath[str],
    open_preview: FromDishka[OpenPreview],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    reading = await open_preview(preview, preferred=pages.settings.locale)
    is_public = reading.post.is_readable(clock.now())
    page = post_page(reading, base_url=pages.facts.base_url, preview="public" if is_public else "hidden")
    answer = pages.show(TEMPLATES[reading.post.kind], page, is_private=True)
    answer.headers.update(_UNSEEN)
    return answer
