from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.blog.entities import PostId, PostKind
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.show_readiness import ShowReadiness
from core.blog.use_cases.withdraw_post import WithdrawPost
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import optional_json_body
from entrypoints.api.etags import optional_version, required_version
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.readiness_models import ReadinessShown
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.models import PostShown, PublicationWanted

PUBLISH = Operation(
    summary="Publish a post",
    tag="posts",
    use_case=PublishPost,
    body=PublicationWanted,
    is_body_optional=True,
    shows=PostShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="If-Match takes the post's ETag. A date to come schedules the post.",
)
WITHDRAW = Operation(
    summary="Withdraw a post",
    tag="posts",
    use_case=WithdrawPost,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    note="The ETag of the answer is the post's new one.",
)
READINESS = Operation(
    summary="See what a post lacks",
    tag="posts",
    use_case=ShowReadiness,
    shows=ReadinessShown,
    refusals=(404,),
    note="Publishing is refused with 409 and the same list as `readiness` while there is an error in it.",
)


@writes(HttpMethod.PUT, "/posts/{post_id:str}/publication", PUBLISH)
@inject
async def publish_post(
    request: ApiRequest,
    post_id: FromPath[str],
    admission: FromDishka[Admission],
    publish: FromDishka[PublishPost],
    answers: FromDishka[PostAnswers],
) -> Answer:
    await admission.admit(Action.PUBLISH_POST)
    expected = required_version(request)
    wanted = await optional_json_body(request, PublicationWanted)
    return answers.changed(
        await publish(PostId(post_id), at=wanted.published_at, expected=expected, kind=PostKind.POST)
    )


@writes(HttpMethod.DELETE, "/posts/{post_id:str}/publication", WITHDRAW)
@inject
async def withdraw_post(
    request: ApiRequest, post_id: FromPath[str], withdraw: FromDishka[WithdrawPost], answers: FromDishka[PostAnswers]
) -> Answer:
    post = await withdraw(PostId(post_id), expected=optional_version(request), kind=PostKind.POST)
    return gone(tag=answers.of(post).tag)


@reads("/posts/{post_id:str}/readiness", READINESS)
@inject
async def post_readiness(
    request: ApiRequest, post_id: FromPath[str], show: FromDishka[ShowReadiness], answers: FromDishka[PostAnswers]
) -> Answer:
    return await answers.ready(request, await show(PostId(post_id), kind=PostKind.POST))


HANDLERS = (publish_post, withdraw_post, post_readiness)
