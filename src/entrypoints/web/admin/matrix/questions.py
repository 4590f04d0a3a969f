"""A question at the desk, and what a button does. The form is in questions_writing.py, lists in questions_list.py."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.clock import Clock
from core.competency_matrix.use_cases.publish_question import PublishQuestion
from core.competency_matrix.use_cases.restore_question import RestoreQuestion
from core.competency_matrix.use_cases.show_desk_question import ShowDeskQuestion
from core.competency_matrix.use_cases.trash_question import TrashQuestion
from core.competency_matrix.use_cases.withdraw_question import WithdrawQuestion
from entrypoints.web.admin.matrix.questions_shapes import preview_page
from entrypoints.web.admin.matrix.questions_writing import ONE
from entrypoints.web.admin.post_forms import VersionForm
from entrypoints.web.forms import parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views.matrix_desk import QUESTIONS


@get(f"{ONE}/preview")
@inject
async def preview(
    question_id: FromPath[str],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    page = preview_page(await show_question(question_id), pages.access, clock.now(), pages.catalogue)
    return pages.show("admin/matrix/show.html", page)


@post(f"{ONE}/publication")
@inject
async def publication(
    request: WebRequest, question_id: FromPath[str], publish: FromDishka[PublishQuestion], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    published = await publish(question_id, expected=form.expected)
    return pages.redirect(f"{QUESTIONS}/{published.id}/edit", done=Done.PUBLISHED)


@post(f"{ONE}/withdrawal")
@inject
async def withdrawal(
    request: WebRequest, question_id: FromPath[str], withdraw: FromDishka[WithdrawQuestion], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    hidden = await withdraw(question_id, expected=form.expected)
    return pages.redirect(f"{QUESTIONS}/{hidden.id}/edit", done=Done.WITHDRAWN)


@post(f"{ONE}/trash")
@inject
async def trash(
    request: WebRequest, question_id: FromPath[str], throw: FromDishka[TrashQuestion], pages: FromDishka[Pages]
) -> Page:
    form = parsed(VersionForm, await typed(request))
    await throw(question_id, expected=form.expected)
    return pages.redirect(QUESTIONS, done=Done.QUESTION_TRASHED, about=question_id)


@post(f"{ONE}/restoration")
@inject
async def restoration(
    question_id: FromPath[str], restore: FromDishka[RestoreQuestion], pages: FromDishka[Pages]
) -> Page:
    restored = await restore(question_id)
    return pages.redirect(f"{QUESTIONS}/{restored.id}/edit", done=Done.RESTORED)
