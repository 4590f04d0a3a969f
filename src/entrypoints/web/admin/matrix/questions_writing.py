"""What the form of a question sends: saving, publishing; and what it asks while somebody writes."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.competency_matrix.entities import Question
from core.competency_matrix.use_cases.check_double import CheckDouble
from core.competency_matrix.use_cases.discard_question_copy import DiscardQuestionCopy
from core.competency_matrix.use_cases.draft_question import DraftQuestion
from core.competency_matrix.use_cases.edit_question import EditQuestion
from core.competency_matrix.use_cases.find_question_copy import FindQuestionCopy
from core.competency_matrix.use_cases.keep_question_copy import KeepQuestionCopy
from core.competency_matrix.use_cases.list_resources import ListResources
from core.competency_matrix.use_cases.name_evidence import NameEvidence
from core.competency_matrix.use_cases.preview_question import PreviewQuestion
from core.competency_matrix.use_cases.publish_question import PublishQuestion
from core.competency_matrix.use_cases.show_desk_question import ShowDeskQuestion
from core.competency_matrix.use_cases.show_structure import ShowStructure
from core.competency_matrix.use_cases.withdraw_question import WithdrawQuestion
from core.errors import Conflict, Invalid
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.choosing import SHOWN
from entrypoints.web.admin.matrix.questions_conflicts import settled
from entrypoints.web.admin.matrix.questions_editor import QuestionEditor
from entrypoints.web.admin.matrix.questions_forms import QuestionForm, evidence_in, kept, words_in
from entrypoints.web.forms import parsed, typed
from entrypoints.web.lists import searched
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
    keep: FromDishka[KeepQuestionCopy],
    editor: FromDishka[QuestionEditor],
) -> Page:
    values = await typed(request)
    form = parsed(QuestionForm, values)
    if form.is_choosing:
        return await editor.more(values, None)
    made: Question | None = None
    try:
        at = form.at(editor.pages.settings.time_zone)
        if doubles := await editor.unconfirmed(values, None):
            return await editor.confirm(values, None, doubles)
        if form.intent == "keep":
            made = await draft(words_in(values), lang=editor.lang)
            await keep(made.id, kept(values), expected=made.version)
            return _kept(editor, made, aside_of=made.version)
        made = await draft(await editor.text(values), lang=editor.lang)
        if form.intent in ("publish", "schedule"):
            return _published(editor, await publish(made.id, at=at))
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, made.id if made else None)
    return editor.saved(made) if editor.pages.is_htmx else _at(editor, made, Done.SAVED)


@get(f"{ONE}/edit")
@inject
async def edit(
    question_id: FromPath[str],
    show_question: FromDishka[ShowDeskQuestion],
    find_copy: FromDishka[FindQuestionCopy],
    editor: FromDishka[QuestionEditor],
) -> Page:
    found = await show_question(question_id)
    return await editor.edit(found, await find_copy(question_id))


@post(ONE)
@inject
async def update(
    request: WebRequest,
    question_id: FromPath[str],
    edit_question: FromDishka[EditQuestion],
    publish: FromDishka[PublishQuestion],
    withdraw: FromDishka[WithdrawQuestion],
    show_question: FromDishka[ShowDeskQuestion],
    keep: FromDishka[KeepQuestionCopy],
    discard: FromDishka[DiscardQuestionCopy],
    editor: FromDishka[QuestionEditor],
) -> Page:
    values = settled(await typed(request))
    form, found = parsed(QuestionForm, values), await show_question(question_id)
    if form.is_choosing:
        return await editor.more(values, question_id)
    try:
        if form.intent == "keep":
            beside = await keep(question_id, kept(values), expected=form.expected)
            return _kept(editor, beside, aside_of=form.expected or beside.version)
        at = form.at(editor.pages.settings.time_zone)
        if doubles := await editor.unconfirmed(values, found.question):
            return await editor.confirm(values, question_id, doubles)
        saved = await edit_question(question_id, await editor.text(values), expected=form.expected)
        if saved.version == form.expected:
            await discard(question_id)  # the text stands already: nothing was saved that would have done it
        if form.intent in ("publish", "schedule"):
            return _published(editor, await publish(question_id, at=at))
        if form.intent == "withdraw":
            return _at(editor, await withdraw(question_id), Done.WITHDRAWN)
    except (Invalid, Conflict) as error:
        return await editor.refused(error, values, question_id)
    return editor.saved(saved) if editor.pages.is_htmx else _at(editor, saved, Done.SAVED)


@post(f"{ONE}/working-copy/deletion")
@inject
async def discard_copy(
    question_id: FromPath[str], discard: FromDishka[DiscardQuestionCopy], editor: FromDishka[QuestionEditor]
) -> Page:
    return _at(editor, await discard(question_id), Done.COPY_DISCARDED)


@post(f"{QUESTIONS}/resources", status_code=200)
@inject
async def resources(
    request: WebRequest, list_resources: FromDishka[ListResources], editor: FromDishka[QuestionEditor]
) -> Page:
    """The library while somebody looks through it, and what she attaches."""
    values = await typed(request)
    return await editor.attached(values, await list_resources(searched(values.get("resource_query")), size=SHOWN))


@post(f"{QUESTIONS}/evidence", status_code=200)
@inject
async def evidence(
    request: WebRequest, name_evidence: FromDishka[NameEvidence], editor: FromDishka[QuestionEditor]
) -> Page:
    """Posts while somebody looks for those that show it; those that she chose stay."""
    values = await typed(request)
    return await editor.evidence(values, await name_evidence(evidence_in(values)))


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


def _kept(editor: QuestionEditor, question: Question, *, aside_of: int) -> Page:
    if editor.pages.is_htmx:
        return editor.saved(question, aside_of=aside_of)
    return _at(editor, question, Done.KEPT_ASIDE)


def _at(editor: QuestionEditor, question: Question, done: Done) -> Page:
    return editor.pages.redirect(f"{QUESTIONS}/{question.id}/edit", done=done)


def _published(editor: QuestionEditor, published: Question) -> Page:
    is_now = published.is_readable(editor.clock.now())
    return _at(editor, published, Done.PUBLISHED if is_now else Done.SCHEDULED)
