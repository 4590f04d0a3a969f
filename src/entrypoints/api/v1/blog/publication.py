"""Whether a post or page is public, and what it lacks for that: the same operations under both."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler

from core.access import Action
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
from entrypoints.api.v1.blog.kinds import BOTH, Texts
from entrypoints.api.v1.blog.models import PostShown, PublicationWanted


def _publish(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        admission: FromDishka[Admission],
        publish: FromDishka[PublishPost],
        answers: FromDishka[PostAnswers],
    ) -> Answer:
        await admission.admit(Action.PUBLISH_POST)
        expected = required_version(request)
        at = (await optional_json_body(request, PublicationWanted)).published_at
        return answers.changed(await publish(texts.id_in(request), at=at, expected=expected, kind=texts.kind))

    told = Operation(
        summary=f"Publish a {texts.noun}",
        tag=texts.tag,
        use_case=PublishPost,
        body=PublicationWanted,
        is_body_optional=True,
        shows=PostShown,
        refusals=(404, 409, 422),
        precondition=Precondition.REQUIRED,
        note=f"If-Match takes the {texts.noun}'s ETag. A date to come schedules the {texts.noun}.",
    )
    return writes(HttpMethod.PUT, f"{texts.one}/publication", told)(inject(texts.named("publish_%", handler)))


def _withdraw(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest, withdraw: FromDishka[WithdrawPost], answers: FromDishka[PostAnswers]
    ) -> Answer:
        post = await withdraw(texts.id_in(request), expected=optional_version(request), kind=texts.kind)
        return gone(tag=answers.of(post).tag)

    told = Operation(
        summary=f"Withdraw a {texts.noun}",
        tag=texts.tag,
        use_case=WithdrawPost,
        status=204,
        refusals=(404, 409),
        precondition=Precondition.OPTIONAL,
        note=f"The ETag of the answer is the {texts.noun}'s new one.",
    )
    return writes(HttpMethod.DELETE, f"{texts.one}/publication", told)(inject(texts.named("withdraw_%", handler)))


def _readiness(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, show: FromDishka[ShowReadiness], answers: FromDishka[PostAnswers]) -> Answer:
        return await answers.ready(request, await show(texts.id_in(request), kind=texts.kind))

    told = Operation(
        summary=f"See what a {texts.noun} lacks",
        tag=texts.tag,
        use_case=ShowReadiness,
        shows=ReadinessShown,
        refusals=(404,),
        note="Publishing is refused with 409 and the same list as `readiness` while there is an error in it.",
    )
    return reads(f"{texts.one}/readiness", told)(inject(texts.named("%_readiness", handler)))


HANDLERS = tuple(make(texts) for texts in BOTH for make in (_publish, _withdraw, _readiness))
