"""Posts on the desk: lists, the editor, and what a button does."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.blog.entities import Post, PostId
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.list_desk_posts import ListDeskPosts
from core.blog.use_cases.preview_text import PreviewText
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.trash_post import TrashPost
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.clock import Clock
from core.errors import Conflict, Invalid
from entrypoints.web.admin.editor import Editor
from entrypoints.web.admin.post_forms import PostForm, VersionForm
from entrypoints.web.admin.shapes import admin_post, preview_page, sanitised, status_filter
from entrypoints.web.forms import parsed, typed
from entrypoints.web.lists import page_number, pagination, searched
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import PostAdminListPage, PreviewFragment

LIST = "/admin/blog"


@get(LIST)
@inject
async def index(
    request: WebRequest, list_posts: FromDishka[ListDeskPosts], clock: FromDishka[Clock], pages: FromDishka[Pages]
) -> Page:
    asked = request.query_params
    text, status = searched(asked.get("q")), status_filter(asked.get("status", ""))
    found = await list_posts(number=page_number(asked.get("page")), status=status, text=text or None)
    now = clock.now()
    page = PostAdminListPage(
        posts=tuple(admin_post(post, pages.access, now) for post in found.items),
        pagination=pagination(found, LIST, q=text, status=status or ""),
        query=text,
        status=status.value if status else "",
    )
    if pages.wants_fragment:
        return pages.fragment("admin/blog/_list.html", page=page)
    return pages.show("admin/blog/index.html", page)


@get("/admin/blog/new")
@inject
async def new(editor: FromDishka[Editor]) -> Page:
    return await editor.new()


@post(LIST)
@inject
async def create(
    request: WebRequest, draft: FromDishka[DraftPost], publish: FromDishka[PublishPost], editor: FromDishka[Editor]
) -> Page:
    values = await typed(request)
    form = parsed(PostForm, values)
    post_id: PostId | None = None
    try:
        made = await draft(form.text(default_lang=editor.pages.settings.locale))
        post_id = made.id
        if form.intent == "publish":
            await publish(made.id)
            return _published(editor.pages, made)
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, post_id)
    if editor.pages.is_htmx:
        return await editor.saved(made)
    return editor.pages.redirect(f"{LIST}/{made.id}/edit")


@get("/admin/blog/{post_id:str}/edit")
@inject
async def edit(post_id: FromPath[str], show_post: FromDishka[ShowPost], editor: FromDishka[Editor]) -> Page:
    return await editor.edit(await show_post(PostId(post_id)))


@post("/admin/blog/{post_id:str}")
@inject
async def update(
    request: WebRequest,
    post_id: FromPath[str],
    edit_post: FromDishka[EditPost],
    publish: FromDishka[PublishPost],
    withdraw: FromDishka[WithdrawPost],
    editor: FromDishka[Editor],
) -> Page:
    values = await typed(request)
    form = parsed(PostForm, values)
    try:
        saved = await edit_post(
            PostId(post_id), form.text(default_lang=editor.pages.settings.locale), expected=form.expected
        )
        if form.intent == "publish":
            return _published(editor.pages, await publish(saved.id))
        if form.intent == "withdraw":
            await withdraw(saved.id)
            return editor.pages.redirect(f"{LIST}/{saved.id}/edit", done=Done.WITHDRAWN)
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, PostId(post_id))
    if editor.pages.is_htmx:
        return await editor.saved(saved)
    return editor.pages.redirect(f"{LIST}/{saved.id}/edit")


@get("/admin/blog/{post_id:str}/preview")
@inject
async def preview(
    post_id: FromPath[str], show_post: FromDishka[ShowPost], clock: FromDishka[Clock], pages: FromDishka[Pages]
) -> Page:
    shown = await show_post(PostId(post_id))
    return pages.show("admin/blog/show.html", preview_page(shown, pages.access, clock.now()))


@post("/admin/blog/preview", status_code=200)
@inject
async def preview_text(request: WebRequest, render: FromDishka[PreviewText], pages: FromDishka[Pages]) -> Page:
    form = parsed(PostForm, await typed(request))
    text = form.text(default_lang=pages.settings.locale)
    preview = await render(text)
    page = PreviewFragment(body_html=sanitised(preview.rendered.html), lang=text.lang)
    return pages.fragment("admin/blog/_preview.html", page=page)


@post("/admin/blog/{post_id:str}/publication")
@inject
async def publication(
    request: WebRequest, post_id: FromPath[str], publish: FromDishka[PublishPost], editor: FromDishka[Editor]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    return _published(editor.pages, await publish(PostId(post_id), expected=form.expected))


@post("/admin/blog/{post_id:str}/withdrawal")
@inject
async def withdrawal(
    request: WebRequest, post_id: FromPath[str], withdraw: FromDishka[WithdrawPost], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    await withdraw(PostId(post_id), expected=form.expected)
    return pages.redirect(f"{LIST}/{post_id}/edit", done=Done.WITHDRAWN)


@post("/admin/blog/{post_id:str}/trash")
@inject
async def trash(
    request: WebRequest, post_id: FromPath[str], throw: FromDishka[TrashPost], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    await throw(PostId(post_id), expected=form.expected)
    return pages.redirect(LIST, done=Done.TRASHED, about=post_id)


def _published(pages: Pages, published: Post) -> Page:
    return pages.redirect(f"{LIST}/{published.id}/edit", done=Done.PUBLISHED)
