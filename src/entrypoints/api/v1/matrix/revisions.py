"""What questions were."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.errors import QuestionRevisionNotFound
from core.competency_matrix.use_cases.compare_question_revisions import CompareQuestionRevisions
from core.competency_matrix.use_cases.list_question_revisions import ListQuestionRevisions
from core.competency_matrix.use_cases.restore_question_revision import RestoreQuestionRevision
from core.competency_matrix.use_cases.show_question_revision import ShowQuestionRevision
from core.revisions import revision_number
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.bodies import no_body
from entrypoints.api.etags import optional_version
from entrypoints.api.models import Paging
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.history_models import ComparisonQuery, ComparisonShown, DifferenceShown
from entrypoints.api.v1.matrix.answers import MatrixAnswers
from entrypoints.api.v1.matrix.keeping_models import (
    QuestionRevisionListed,
    QuestionRevisionShown,
    QuestionRevisionsShown,
)
from entrypoints.api.v1.matrix.question_models import QuestionShown
from entrypoints.api.v1.matrix.questions import ONE

REVISION = f"{ONE}/revisions/{{number:str}}"

LIST = Operation(
    summary="List what a question was",
    tag="matrix",
    use_case=ListQuestionRevisions,
    query=Paging,
    shows=QuestionRevisionsShown,
    refusals=(404,),
)
READ = Operation(
    summary="Read what a question was",
    tag="matrix",
    use_case=ShowQuestionRevision,
    shows=QuestionRevisionShown,
    refusals=(404,),
)
COMPARE = Operation(
    summary="See what changed in a question",
    tag="matrix",
    use_case=CompareQuestionRevisions,
    query=ComparisonQuery,
    shows=ComparisonShown,
    refusals=(404,),
)
RESTORE = Operation(
    summary="Make an earlier text of a question the newest",
    tag="matrix",
    use_case=RestoreQuestionRevision,
    shows=QuestionShown,
    status=201,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    note="If-Match takes the question's ETag. Location leads to the question.",
)


@reads(f"{ONE}/revisions", LIST)
@inject
async def list_question_revisions(
    request: ApiRequest, question_id: FromPath[str], list_revisions: FromDishka[ListQuestionRevisions]
) -> Answer:
    wanted = query_of(request, Paging)
    found = await list_revisions(question_id, limit=wanted.limit, cursor=wanted.cursor)
    items = tuple(QuestionRevisionListed.of(revision) for revision in found.revisions.items)
    cursor = found.revisions.next_cursor
    return reading.many(request, QuestionRevisionsShown(items=items, next_cursor=cursor), cursor)


@reads(REVISION, READ)
@inject
async def read_question_revision(
    request: ApiRequest, question_id: FromPath[str], number: FromPath[str], show: FromDishka[ShowQuestionRevision]
) -> Answer:
    found = await show(question_id, _number(number))
    return reading.one(request, QuestionRevisionShown.of(found.revision))


@reads(f"{ONE}/comparison", COMPARE)
@inject
async def compare_question_revisions(
    request: ApiRequest, question_id: FromPath[str], compare: FromDishka[CompareQuestionRevisions]
) -> Answer:
    wanted = query_of(request, ComparisonQuery)
    found = await compare(question_id, old=wanted.old, new=wanted.new)
    differences = tuple(DifferenceShown.of(difference) for difference in found.differences)
    return reading.one(request, ComparisonShown(old=wanted.old, new=wanted.new, differences=differences))


@writes(HttpMethod.POST, f"{REVISION}/restoration", RESTORE)
@inject
async def restore_question_revision(
    request: ApiRequest,
    question_id: FromPath[str],
    number: FromPath[str],
    admission: FromDishka[Admission],
    restore: FromDishka[RestoreQuestionRevision],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_QUESTION)
    raw, expected = await no_body(request), optional_version(request)

    async def write() -> Answer:
        return await answers.created(await restore(question_id, _number(number), expected=expected))

    return await repeats.once(request, raw, write)


def _number(text: str) -> int:
    number = revision_number(text)
    if number is None:
        raise QuestionRevisionNotFound
    return number


HANDLERS = (list_question_revisions, read_question_revision, compare_question_revisions, restore_question_revision)
