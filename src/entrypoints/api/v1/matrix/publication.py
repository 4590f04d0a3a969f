"""Whether a question is public."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.use_cases.publish_question import PublishQuestion
from core.competency_matrix.use_cases.withdraw_question import WithdrawQuestion
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import optional_json_body
from entrypoints.api.etags import optional_version, required_version
from entrypoints.api.operations import Operation, Precondition, writes
from entrypoints.api.v1.matrix.answers import MatrixAnswers
from entrypoints.api.v1.matrix.question_models import QuestionPublicationWanted, QuestionShown
from entrypoints.api.v1.matrix.questions import ONE

PUBLISH = Operation(
    summary="Publish a question",
    tag="matrix",
    use_case=PublishQuestion,
    body=QuestionPublicationWanted,
    is_body_optional=True,
    shows=QuestionShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="If-Match takes the question's ETag. A date to come schedules it. What it lacks is told as `readiness`.",
)
WITHDRAW = Operation(
    summary="Withdraw a question",
    tag="matrix",
    use_case=WithdrawQuestion,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    note="The ETag of the answer is the question's new one.",
)


@writes(HttpMethod.PUT, f"{ONE}/publication", PUBLISH)
@inject
async def publish_question(
    request: ApiRequest,
    question_id: FromPath[str],
    admission: FromDishka[Admission],
    publish: FromDishka[PublishQuestion],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    await admission.admit(Action.PUBLISH_QUESTION)
    expected = required_version(request)
    at = (await optional_json_body(request, QuestionPublicationWanted)).published_at
    return await answers.changed(await publish(question_id, at=at, expected=expected))


@writes(HttpMethod.DELETE, f"{ONE}/publication", WITHDRAW)
@inject
async def withdraw_question(
    request: ApiRequest,
    question_id: FromPath[str],
    withdraw: FromDishka[WithdrawQuestion],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    question = await withdraw(question_id, expected=optional_version(request))
    return gone(tag=(await answers.question(question)).tag)


HANDLERS = (publish_question, withdraw_question)
