"""Links to posts and pages that are not public yet: the same operations under both."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from core.access import Action
from core.blog.use_cases.list_previews import ListPreviews
from core.blog.use_cases.make_preview import MakePreview
from core.blog.use_cases.revoke_preview import RevokePreview
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import optional_json_body
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.history_models import PreviewShown, PreviewsShown, PreviewWanted
from entrypoints.api.v1.blog.kinds import BOTH, Texts
from entrypoints.http.context import RequestFacts


def _list(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest, list_previews: FromDishka[ListPreviews], facts: FromDishka[RequestFacts]
    ) -> Answer:
        found = await list_previews(texts.id_in(request), kind=texts.kind)
        items = tuple(PreviewShown.of(preview, facts.base_url) for preview in found)
        return reading.many(request, PreviewsShown(items=items), None)

    told = Operation(
        summary=f"List the preview links of a {texts.noun}",
        tag=texts.tag,
        use_case=ListPreviews,
        shows=PreviewsShown,
        refusals=(404,),
    )
    return reads(f"{texts.one}/previews", told)(inject(texts.named("list_%_previews", handler)))


def _create(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        admission: FromDishka[Admission],
        make: FromDishka[MakePreview],
        facts: FromDishka[RequestFacts],
        repeats: FromDishka[Repeats],
    ) -> Answer:
        await admission.admit(Action.PREVIEW_POST)
        wanted = await optional_json_body(request, PreviewWanted)

        async def write() -> Answer:
            made = await make(texts.id_in(request), days=wanted.days, kind=texts.kind)
            place = f"{request.scope['path']}/{made.link.id}"
            return shown(PreviewShown.of(made, facts.base_url), status=201, location=place)

        return await repeats.once_sealed(request, wanted.model_dump_json().encode(), write)

    return writes(HttpMethod.POST, f"{texts.one}/previews", _creation(texts))(
        inject(texts.named("create_%_preview", handler))
    )


def _creation(texts: Texts) -> Operation:
    return Operation(
        summary=f"Make a preview link to a {texts.noun}",
        tag=texts.tag,
        use_case=MakePreview,
        body=PreviewWanted,
        is_body_optional=True,
        shows=PreviewShown,
        status=201,
        refusals=(404, 409, 422),
        has_etag=False,
        note="Location is where the link can be revoked.",
    )


def _delete(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, preview_id: FromPath[str], revoke: FromDishka[RevokePreview]) -> Answer:
        await revoke(texts.id_in(request), preview_id, kind=texts.kind)
        return gone()

    told = Operation(
        summary=f"Revoke a preview link to a {texts.noun}",
        tag=texts.tag,
        use_case=RevokePreview,
        status=204,
        refusals=(404,),
        has_etag=False,
    )
    return writes(HttpMethod.DELETE, f"{texts.one}/previews/{{preview_id:str}}", told)(
        inject(texts.named("revoke_%_preview", handler))
    )


HANDLERS = tuple(make(texts) for texts in BOTH for make in (_list, _create, _delete))
