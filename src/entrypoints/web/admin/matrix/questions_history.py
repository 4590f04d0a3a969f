"""What a question was: all its states, one of them, two side by side, and back to one."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.clock import Clock
from core.competency_matrix.errors import QuestionRevisionNotFound
from core.competency_matrix.use_cases.compare_question_revisions import CompareQuestionRevisions
from core.competency_matrix.use_cases.list_question_revisions import ListQuestionRevisions
from core.competency_matrix.use_cases.restore_question_revision import RestoreQuestionRevision
from core.competency_matrix.use_cases.show_desk_question import ShowDeskQuestion
from core.competency_matrix.use_cases.show_question_revision import ShowQuestionRevision
from core.errors import Invalid
from core.revisions import revision_number
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.matrix.questions_past import Past
from entrypoints.web.admin.matrix.questions_writing import ONE
from entrypoints.web.admin.post_forms import VersionForm
from entrypoints.web.forms import parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import matrix_question as views
from entrypoints.web.views.matrix_desk import QUESTIONS

PAGE_SIZE = 30


@get(f"{ONE}/revisions")
@inject
async def index(
    request: WebRequest,
    question_id: FromPath[str],
    list_revisions: FromDishka[ListQuestionRevisions],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    before = str(number) if (number := revision_number(request.query_params.get("before", ""))) else None
    found = await list_revisions(question_id, limit=PAGE_SIZE, cursor=before)
    past = Past(found=await show_question(question_id), pages=pages, clock=clock)
    older = found.revisions.next_cursor
    page = views.QuestionRevisionListPage(
        question=past.question,
        revisions=tuple(past.item(revision) for revision in found.revisions.items),
        older_url=with_query(f"{past.question.desk_url}/revisions", before=older) if older else "",
    )
    return pages.show("admin/matrix/revisions.html", page)


@get(f"{ONE}/revisions/{{number:str}}")
@inject
async def show(
    question_id: FromPath[str],
    number: FromPath[str],
    show_revision: FromDishka[ShowQuestionRevision],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    found = await show_revision(question_id, _number(number))
    past = Past(found=await show_question(question_id), pages=pages, clock=clock)
    return pages.show("admin/matrix/revision.html", past.page(found.revision))


@get(f"{ONE}/comparison")
@inject
async def comparison(
    request: WebRequest,
    question_id: FromPath[str],
    compare: FromDishka[CompareQuestionRevisions],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    """``?old=3&new=7``; without *new* with the text as it stands. Whatever the order, the earlier one is the old."""
    old, new = _number(request.query_params.get("old", "")), request.query_params.get("new")
    other = _number(new) if new else None
    if other is not None and other < old:
        old, other = other, old
    found = await compare(question_id, old=old, new=other)
    past = Past(found=await show_question(question_id), pages=pages, clock=clock)
    page = views.QuestionComparisonPage(
        question=past.question,
        old=past.item(found.old),
        new=past.item(found.new) if found.new else None,
        differences=tuple(past.difference(difference) for difference in found.differences),
    )
    return pages.show("admin/matrix/comparison.html", page)


@post(f"{ONE}/revisions/{{number:str}}/restoration")
@inject
async def restoration(
    request: WebRequest,
    question_id: FromPath[str],
    number: FromPath[str],
    restore: FromDishka[RestoreQuestionRevision],
    show_revision: FromDishka[ShowQuestionRevision],
    show_question: FromDishka[ShowDeskQuestion],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    form, wanted = parsed(VersionForm, await typed(request)), _number(number)
    try:
        restored = await restore(question_id, wanted, expected=form.expected)
    except Invalid as error:
        found = await show_revision(question_id, wanted)
        past = Past(found=await show_question(question_id), pages=pages, clock=clock)
        problems = tuple(pages.catalogue.problem(problem) for problem in error.problems)
        return pages.show("admin/matrix/revision.html", past.page(found.revision, problems=problems), status=422)
    return pages.redirect(f"{QUESTIONS}/{restored.id}/edit", done=Done.REVISION_RESTORED)


def _number(text: str) -> int:
    number = revision_number(text)
    if number is None:
        raise QuestionRevisionNotFound
    return number
