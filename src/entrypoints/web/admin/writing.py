"""What the editor sends: saving, publishing, keeping aside; and what it asks while somebody writes."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.blog.entities import Post, PostId
from core.blog.use_cases.complete_link import CompleteLink
from core.blog.use_cases.convert_paste import ConvertPaste
from core.blog.use_cases.discard_working_copy import DiscardWorkingCopy
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.preview_text import PreviewText
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.show_editing import ShowEditing
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.clock import Clock
from core.competency_matrix.use_cases.complete_question_link import CompleteQuestionLink
from core.errors import Conflict, Invalid
from entrypoints.web.admin import editor_shapes as shapes
from entrypoints.web.admin.editor import Editor
from entrypoints.web.admin.kinds import LISTS, NEW, ONE, desk_of, kind_at, under_one
from entrypoints.web.admin.post_forms import PasteForm, PostForm, settled
from entrypoints.web.forms import parsed, typed
from entrypoints.web.lists import searched
from entrypoints.web.notices import Done
from entrypoints.web.rendering import MATRIX, Page, Pages, WebRequest

PREVIEW = [f"{desk}/preview" for desk in LISTS]


@get(NEW)
@inject
async def new(editor: FromDishka[Editor]) -> Page:
    return await editor.new()


@post(LISTS)
@inject
async def create(
    request: WebRequest, draft: FromDishka[DraftPost], publish: FromDishka[PublishPost], editor: FromDishka[Editor]
) -> Page:
    values = await typed(request)
    form = parsed(PostForm, values)
    if form.intent == "links":
        return await editor.linking(values, None)
    post_id: PostId | None = None
    try:
        at = editor.at(form)
        made = await draft(editor.text(form), kind=editor.kind, is_auto=form.intent == "keep")
        post_id = made.id
        if form.intent in ("publish", "schedule"):
            return _published(editor, await publish(made.id, at=at))
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, post_id)
    return _kept(editor, made)


@get(under_one("edit"))
@inject
async def edit(post_id: FromPath[str], show_editing: FromDishka[ShowEditing], editor: FromDishka[Editor]) -> Page:
    return await editor.edit(await show_editing(PostId(post_id), kind=editor.kind))


@post(ONE)
@inject
async def update(
    request: WebRequest,
    post_id: FromPath[str],
    edit_post: FromDishka[EditPost],
    publish: FromDishka[PublishPost],
    withdraw: FromDishka[WithdrawPost],
    discard: FromDishka[DiscardWorkingCopy],
    editor: FromDishka[Editor],
) -> Page:
    values = settled(await typed(request))
    form, own = parsed(PostForm, values), PostId(post_id)
    if form.intent == "links":
        return await editor.linking(values, own)
    is_auto = form.intent == "keep"
    try:
        text, at = editor.text(form), editor.at(form)
        saved = await edit_post(own, text, expected=form.expected, is_auto=is_auto, is_following=True, kind=editor.kind)
        if not is_auto and saved.version == form.expected:
            await discard(own)  # the text stands already: nothing was saved that would have done it
        if form.intent in ("publish", "schedule"):
            return _published(editor, await publish(own, at=at))
        if form.intent == "withdraw":
            return editor.pages.redirect(f"{desk_of(await withdraw(own))}/edit", done=Done.WITHDRAWN)
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, own)
    is_aside = is_auto and saved.is_public
    return _kept(editor, saved, aside_of=(form.expected or saved.version) if is_aside else None)


@post(under_one("working-copy/deletion"))
@inject
async def discard_copy(
    request: WebRequest, post_id: FromPath[str], discard: FromDishka[DiscardWorkingCopy], pages: FromDishka[Pages]
) -> Page:
    kind = kind_at(request.scope["path"])
    return pages.redirect(f"{desk_of(await discard(PostId(post_id), kind=kind))}/edit", done=Done.COPY_DISCARDED)


@post(PREVIEW, status_code=200)
@inject
async def preview_text(request: WebRequest, render: FromDishka[PreviewText], editor: FromDishka[Editor]) -> Page:
    form = parsed(PostForm, await typed(request))
    text = form.preview(default_lang=editor.pages.settings.locale)
    preview = await render(text, kind=editor.kind, post_id=PostId(form.own_id) if form.own_id else None)
    page = shapes.typed_preview(preview, text.lang, editor.pages.catalogue, is_answer=True)
    return editor.pages.fragment("admin/blog/_preview.html", page=page)


@post("/admin/blog/paste", status_code=200)
@inject
async def paste(request: WebRequest, convert: FromDishka[ConvertPaste], pages: FromDishka[Pages]) -> Page:
    """What the editor's script puts in the place of copied HTML."""
    markdown = await convert(parsed(PasteForm, await typed(request)).html)
    return pages.data(markdown.encode(), media_type="text/plain")


@get("/admin/links")
@inject
async def links(
    request: WebRequest,
    complete: FromDishka[CompleteLink],
    complete_question: FromDishka[CompleteQuestionLink],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    asked = request.query_params
    query = searched(asked.get("q") or asked.get("link_query"))
    lang = pages.settings.locale
    questions = await complete_question(query, lang=lang) if MATRIX in pages.settings.sections else ()
    page = shapes.links_fragment(await complete(query), clock.now(), query, questions=questions, lang=lang)
    return pages.fragment("admin/blog/_links.html", page=page)


def _kept(editor: Editor, saved: Post, *, aside_of: int | None = None) -> Page:
    if editor.pages.is_htmx:
        return editor.saved(saved, aside_of=aside_of)
    return editor.pages.redirect(f"{desk_of(saved)}/edit", done=None if aside_of is None else Done.KEPT_ASIDE)


def _published(editor: Editor, published: Post) -> Page:
    is_now = published.is_readable(editor.clock.now())
    return editor.pages.redirect(f"{desk_of(published)}/edit", done=Done.PUBLISHED if is_now else Done.SCHEDULED)
