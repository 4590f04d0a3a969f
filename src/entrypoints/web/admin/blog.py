"""A post or page on the desk, and what a button does. The editor is in writing.py, lists in post_lists.py."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.blog.entities import PostId
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.trash_post import TrashPost
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.clock import Clock
from entrypoints.web.admin.kinds import DESKS, desk_of, kind_at, under_one
from entrypoints.web.admin.post_forms import VersionForm
from entrypoints.web.admin.shapes import preview_page
from entrypoints.web.forms import parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest


@get(under_one("preview"))
@inject
async def preview(
    request: WebRequest,
    post_id: FromPath[str],
    show_post: FromDishka[ShowPost],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    shown = await show_post(PostId(post_id), kind=kind_at(request.scope["path"]))
    return pages.show("admin/blog/show.html", preview_page(shown, pages.access, clock.now()))


@post(under_one("publication"))
@inject
async def publication(
    request: WebRequest, post_id: FromPath[str], publish: FromDishka[PublishPost], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    published = await publish(PostId(post_id), expected=form.expected, kind=kind_at(request.scope["path"]))
    return pages.redirect(f"{desk_of(published)}/edit", done=Done.PUBLISHED)


@post(under_one("withdrawal"))
@inject
async def withdrawal(
    request: WebRequest, post_id: FromPath[str], withdraw: FromDishka[WithdrawPost], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    hidden = await withdraw(PostId(post_id), expected=form.expected, kind=kind_at(request.scope["path"]))
    return pages.redirect(f"{desk_of(hidden)}/edit", done=Done.WITHDRAWN)


@post(under_one("trash"))
@inject
async def trash(
    request: WebRequest, post_id: FromPath[str], throw: FromDishka[TrashPost], pages: FromDishka[Pages]
) -> Page:
    form, kind = parsed(VersionForm, await typed(request)), kind_at(request.scope["path"])
    await throw(PostId(post_id), expected=form.expected, kind=kind)
    return pages.redirect(DESKS[kind], done=Done.TRASHED, about=post_id)
