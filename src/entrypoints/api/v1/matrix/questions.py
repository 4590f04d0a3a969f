from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.use_cases.check_double import CheckDouble
from core.competency_matrix.use_cases.draft_question import DraftQuestion
from core.competency_matrix.use_cases.edit_question import EditQuestion
from core.competency_matrix.use_cases.open_question import OpenQuestion
from core.competency_matrix.use_cases.query_questions import QueryQuestions
from core.competency_matrix.use_cases.restore_question import RestoreQuestion
from core.competency_matrix.use_cases.trash_question import TrashQuestion
from core.site.entities import SiteSettings
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import MERGE_PATCH, json_body, no_body, patched
from entrypoints.api.etags import optional_version, required_version
from entrypoints.api.models import Paging
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.answers import MatrixAnswers
from entrypoints.api.v1.matrix.card_models import QuestionsQuery
from entrypoints.api.v1.matrix.doubles import refuse_double
from entrypoints.api.v1.matrix.question_models import QuestionShown, QuestionsShown, QuestionWanted

ONE = "/matrix/questions/{question_id:str}"

LIST = Operation(
    summary="List questions",
    tag="matrix",
    use_case=QueryQuestions,
    query=QuestionsQuery,
    shows=QuestionsShown,
    is_public=True,
    note="Newest first.",
)
CREATE = Operation(
    summary="Write a question",
    tag="matrix",
    use_case=DraftQuestion,
    body=QuestionWanted,
    shows=QuestionShown,
    status=201,
    refusals=(409, 422),
    note="When there is a question of the same words the answer is 409 `alike` with it, and nothing is kept until "
    "`is_sure`; likewise when another question gets its words.",
)
READ = Operation(
    summary="Read a question",
    tag="matrix",
    use_case=OpenQuestion,
    shows=QuestionShown,
    is_public=True,
    refusals=(404,),
)
REPLACE = Operation(
    summary="Replace a question's text",
    tag="matrix",
    use_case=EditQuestion,
    body=QuestionWanted,
    shows=QuestionShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
)
CHANGE = Operation(
    summary="Change parts of a question's text",
    tag="matrix",
    use_case=EditQuestion,
    body=QuestionWanted,
    body_types=(MERGE_PATCH, "application/json"),
    example={"grade": "senior", "hint": None},
    shows=QuestionShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396): what it does not name stays, null takes away.",
)
DELETE = Operation(
    summary="Put a question into the trash",
    tag="matrix",
    use_case=TrashQuestion,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)
LIST_TRASH = Operation(
    summary="List questions in the trash",
    tag="matrix",
    use_case=QueryQuestions,
    query=Paging,
    shows=QuestionsShown,
    note="Here: the questions in the trash.",
)
RESTORE = Operation(
    summary="Restore a question from the trash",
    tag="matrix",
    use_case=RestoreQuestion,
    shows=QuestionShown,
    status=201,
    refusals=(404,),
    note="Location leads to the question.",
)


@reads("/matrix/questions", LIST)
@inject
async def list_questions(
    request: ApiRequest, query_questions: FromDishka[QueryQuestions], answers: FromDishka[MatrixAnswers]
) -> Answer:
    wanted = query_of(request, QuestionsQuery)
    found = await query_questions(
        wanted.choice(wanted.q),
        limit=wanted.limit,
        cursor=wanted.cursor,
        status=wanted.wanted_status,
        sheet=wanted.sheet,
        slug=wanted.slug,
        lack=wanted.lack,
        is_flagged=wanted.is_flagged,
    )
    return await answers.listed(request, found)


@writes(HttpMethod.POST, "/matrix/questions", CREATE)
@inject
async def create_question(
    request: ApiRequest,
    admission: FromDishka[Admission],
    draft: FromDishka[DraftQuestion],
    check: FromDishka[CheckDouble],
    site: FromDishka[SiteSettings],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.DRAFT_QUESTION)
    wanted, raw = await json_body(request, QuestionWanted)

    async def write() -> Answer:
        await refuse_double(check, wanted)
        return await answers.created(await draft(wanted.text, lang=site.locale))

    return await repeats.once(request, raw, write)


@reads(ONE, READ)
@inject
async def read_question(
    request: ApiRequest,
    question_id: FromPath[str],
    open_question: FromDishka[OpenQuestion],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    return await answers.read(request, await open_question(question_id))


@writes(HttpMethod.PUT, ONE, REPLACE)
@inject
async def replace_question(
    request: ApiRequest,
    question_id: FromPath[str],
    admission: FromDishka[Admission],
    open_question: FromDishka[OpenQuestion],
    edit: FromDishka[EditQuestion],
    check: FromDishka[CheckDouble],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_QUESTION)
    expected = required_version(request)
    wanted, _ = await json_body(request, QuestionWanted)
    await refuse_double(check, wanted, own=await open_question(question_id))
    return await answers.changed(await edit(question_id, wanted.text, expected=expected))


@writes(HttpMethod.PATCH, ONE, CHANGE)
@inject
async def change_question(
    request: ApiRequest,
    question_id: FromPath[str],
    admission: FromDishka[Admission],
    open_question: FromDishka[OpenQuestion],
    edit: FromDishka[EditQuestion],
    check: FromDishka[CheckDouble],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_QUESTION)
    expected = required_version(request)
    question = await open_question(question_id)
    wanted = await patched(request, QuestionWanted.of(question.text))
    await refuse_double(check, wanted, own=question)
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    expected = question.version if expected is None else expected
    return await answers.changed(await edit(question_id, wanted.text, expected=expected))


@writes(HttpMethod.DELETE, ONE, DELETE)
@inject
async def delete_question(request: ApiRequest, question_id: FromPath[str], trash: FromDishka[TrashQuestion]) -> Answer:
    await trash(question_id, expected=optional_version(request))
    return gone()


@reads("/matrix/trash", LIST_TRASH)
@inject
async def list_question_trash(
    request: ApiRequest, query_questions: FromDishka[QueryQuestions], answers: FromDishka[MatrixAnswers]
) -> Answer:
    wanted = query_of(request, Paging)
    found = await query_questions(limit=wanted.limit, cursor=wanted.cursor, status=None, is_trashed=True)
    return await answers.listed(request, found)


@writes(HttpMethod.POST, f"{ONE}/restoration", RESTORE)
@inject
async def restore_question(
    request: ApiRequest,
    question_id: FromPath[str],
    admission: FromDishka[Admission],
    restore: FromDishka[RestoreQuestion],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.RESTORE_QUESTION)
    raw = await no_body(request)

    async def write() -> Answer:
        return await answers.created(await restore(question_id))

    return await repeats.once(request, raw, write)


HANDLERS = (
    list_questions,
    create_question,
    read_question,
    replace_question,
    change_question,
    delete_question,
    list_question_trash,
    restore_question,
)
