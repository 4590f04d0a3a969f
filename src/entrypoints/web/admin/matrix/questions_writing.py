"""What the form of a question sends: saving, publishing; and what it asks while somebody writes."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.competency_matrix.entities import Question
from core.competency_matrix.use_cases.check_double import CheckDouble
from core.competency_matrix.use_cases.draft_question import DraftQuestion
from core.competency_matrix.use_cases.edit_question import EditQuestion
from core.competency_matrix.use_cases.preview_question import PreviewQuestion
from core.competency_matrix.use_cases.publish_question import PublishQuestion
from core.competency_matrix.use_cases.show_desk_question import ShowDeskQuestion
from core.competency_matrix.use_cases.show_structure import ShowStructure
from core.competency_matrix.use_cases.withdraw_question import WithdrawQuestion
from core.errors import Conflict, Invalid
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.questions_conflicts import settled
from entrypoints.web.admin.matrix.questions_editor import QuestionEditor
from entrypoints.web.admin.matrix.questions_forms import QuestionForm, words_in
from entrypoints.web.forms import parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, WebRequest
from entrypoints.web.views.matrix_desk import QUESTIONS

ONE = f"{QUESTIONS}/{{question_id:str}}"


@get(f"{QUESTIONS}/new")
@inject
async def new(
    request: WebRequest, show_structure: FromDishka[ShowStructure], editor: FromDishka[QuestionEditor]
) -> Page:
    """``?subsection_id=…&grade=…&question=…`` fill in what is known already."""
    await show_structure()
    return await editor.new(request.query_params)


@post(QUESTIONS)
@inject
async def create(
    request: WebRequest,
    draft: FromDishka[DraftQuestion],
    publish: FromDishka[PublishQuestion],
    editor: FromDishka[QuestionEditor],
) -> Page:
    values = await typed(request)
    form = parsed(QuestionForm, values)
    made: Question | None = None
    try:
        at = form.at(editor.pages.settings.time_zone)
        if doubles := await editor.unconfirmed(values, None):
            return await editor.confirm(values, None, doubles)
        made = await draft(await editor.text(values), lang=editor.lang)
        if form.intent in ("publish", "schedule"):
            return _published(editor, await publish(made.id, at=at))
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, made.id if made else None)
    return _at(editor, made, Done.SAVED)


@get(f"{ONE}/edit")
@inject
async def edit(
    question_id: FromPath[str], show_question: FromDishka[ShowDeskQuestion], editor: FromDishka[QuestionEditor]
) -> Page:
    return await editor.edit(await show_question(question_id))


@post(ONE)
@inject
async def update(
    request: WebRequest,
    question_id: FromPath[str],
    edit_question: FromDishka[EditQuestion],
    publish: FromDishka[PublishQuestion],
    withdraw: FromDishka[WithdrawQuestion],
    show_question: FromDishka[ShowDeskQuestion],
    editor: FromDishka[QuestionEditor],
) -> Page:
    values = settled(await typed(request))
    form, found = parsed(QuestionForm, values), await show_question(question_id)
    try:
        at = form.at(editor.pages.settings.time_zone)
        if doubles := await editor.unconfirmed(values, found.question):
            return await editor.confirm(values, question_id, doubles)
        saved = await edit_question(question_id, await editor.text(values), expected=form.expected)
        if form.intent in ("publish", "schedule"):
            return _published(editor, await publish(question_id, at=at))
        if form.intent == "withdraw":
            return _at(editor, await withdraw(question_id), Done.WITHDRAWN)
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, question_id)
    return _at(editor, saved, Done.SAVED)


@post(f"{QUESTIONS}/preview", status_code=200)
@inject
async def preview_text(
    request: WebRequest, render: FromDishka[PreviewQuestion], editor: FromDishka[QuestionEditor]
) -> Page:
    made = await render(words_in(await typed(request)), lang=editor.lang)
    page = shapes.preview(made.shown, editor.lang, made.lacks, editor.pages.catalogue, is_answer=True)
    return editor.pages.fragment("admin/matrix/_preview.html", page=page)


@post(f"{QUESTIONS}/doubles", status_code=200)
@inject
async def doubles(request: WebRequest, check: FromDishka[CheckDouble], editor: FromDishka[QuestionEditor]) -> Page:
    form = parsed(QuestionForm, await typed(request))
    page = await editor.doubles_of(await check(form.question, own=form.own_id or None))
    return editor.pages.fragment("admin/matrix/_doubles.html", page=page)


def _at(editor: QuestionEditor, question: Question, done: Done) -> Page:
    return editor.pages.redirect(f"{QUESTIONS}/{question.id}/edit", done=done)


def _published(editor: QuestionEditor, published: Question) -> Page:
    is_now = published.is_readable(editor.clock.now())
    return _at(editor, published, Done.PUBLISHED if is_now else Done.SCHEDULED)
