"""One post or page: the same operations under both."""

from typing import Any

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler

from core.access import Action
from core.blog.entities import PostKind
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.trash_post import TrashPost
from core.site.entities import SiteSettings
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import MERGE_PATCH, json_body, patched
from entrypoints.api.etags import optional_version, required_version
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.kinds import BOTH, Texts
from entrypoints.api.v1.blog.models import PostShown, PostWanted

CHANGES: dict[PostKind, dict[str, Any]] = {
    PostKind.POST: {"title": "Timeouts, retries and who pays", "description": None},
    PostKind.PAGE: {"title": "About me", "description": None},
}


def _create(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        admission: FromDishka[Admission],
        draft: FromDishka[DraftPost],
        site: FromDishka[SiteSettings],
        answers: FromDishka[PostAnswers],
        repeats: FromDishka[Repeats],
    ) -> Answer:
        await admission.admit(Action.DRAFT_POST)
        wanted, raw = await json_body(request, PostWanted)

        async def write() -> Answer:
            return answers.created(await draft(wanted.text(default_lang=site.locale), kind=texts.kind))

        return await repeats.once(request, raw, write)

    return writes(HttpMethod.POST, texts.all, _creating(texts))(inject(texts.named("create_%", handler)))


def _creating(texts: Texts) -> Operation:
    return Operation(
        summary=f"Write a {texts.noun}",
        tag=texts.tag,
        use_case=DraftPost,
        body=PostWanted,
        shows=PostShown,
        status=201,
        refusals=(422,),
    )


def _read(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, show: FromDishka[ShowPost], answers: FromDishka[PostAnswers]) -> Answer:
        return answers.read(request, await show(texts.id_in(request), kind=texts.kind))

    told = Operation(
        summary=f"Read a {texts.noun}",
        tag=texts.tag,
        use_case=ShowPost,
        shows=PostShown,
        is_public=True,
        refusals=(404,),
    )
    return reads(texts.one, told)(inject(texts.named("read_%", handler)))


def _replace(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        admission: FromDishka[Admission],
        edit: FromDishka[EditPost],
        site: FromDishka[SiteSettings],
        answers: FromDishka[PostAnswers],
    ) -> Answer:
        await admission.admit(Action.EDIT_POST)
        expected = required_version(request)
        wanted, _ = await json_body(request, PostWanted)
        text = wanted.text(default_lang=site.locale)
        return answers.changed(await edit(texts.id_in(request), text, expected=expected, kind=texts.kind))

    told = Operation(
        summary=f"Replace a {texts.noun}'s text",
        tag=texts.tag,
        use_case=EditPost,
        body=PostWanted,
        shows=PostShown,
        refusals=(404, 409, 422),
        precondition=Precondition.REQUIRED,
    )
    return writes(HttpMethod.PUT, texts.one, told)(inject(texts.named("replace_%", handler)))


def _change(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        admission: FromDishka[Admission],
        show: FromDishka[ShowPost],
        edit: FromDishka[EditPost],
        site: FromDishka[SiteSettings],
        answers: FromDishka[PostAnswers],
    ) -> Answer:
        await admission.admit(Action.EDIT_POST)
        expected = required_version(request)
        post = await show(texts.id_in(request), kind=texts.kind)
        wanted = await patched(request, PostWanted.of(post))
        text = wanted.text(default_lang=site.locale)
        # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
        expected = post.version if expected is None else expected
        return answers.changed(await edit(post.id, text, expected=expected, kind=texts.kind))

    return writes(HttpMethod.PATCH, texts.one, _changing(texts))(inject(texts.named("change_%", handler)))


def _changing(texts: Texts) -> Operation:
    return Operation(
        summary=f"Change parts of a {texts.noun}'s text",
        tag=texts.tag,
        use_case=EditPost,
        body=PostWanted,
        body_types=(MERGE_PATCH, "application/json"),
        example=CHANGES[texts.kind],
        shows=PostShown,
        refusals=(404, 409, 422),
        precondition=Precondition.REQUIRED,
        note="The body is a JSON merge patch (RFC 7396): what it does not name stays, null takes away.",
    )


def _delete(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, trash: FromDishka[TrashPost]) -> Answer:
        await trash(texts.id_in(request), expected=optional_version(request), kind=texts.kind)
        return gone()

    told = Operation(
        summary=f"Put a {texts.noun} into the trash",
        tag=texts.tag,
        use_case=TrashPost,
        status=204,
        refusals=(404, 409),
        precondition=Precondition.OPTIONAL,
        has_etag=False,
    )
    return writes(HttpMethod.DELETE, texts.one, told)(inject(texts.named("delete_%", handler)))


HANDLERS = tuple(make(texts) for texts in BOTH for make in (_create, _read, _replace, _change, _delete))
