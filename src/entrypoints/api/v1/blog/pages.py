"""Free pages: what posts are, at /pages/… and in no list."""

from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.blog.entities import PostId, PostKind
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.query_posts import QueryPosts
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.show_readiness import ShowReadiness
from core.blog.use_cases.trash_post import TrashPost
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.site.entities import SiteSettings
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import json_body, optional_json_body, patched
from entrypoints.api.etags import optional_version, required_version
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog import posts, publication
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.models import PagesQuery, PostWanted, PublicationWanted


def _page(operation: Operation, summary: str) -> Operation:
    return replace(operation, summary=summary, tag="pages")


LIST = replace(_page(posts.LIST, "List pages"), query=PagesQuery)
CREATE = _page(posts.CREATE, "Write a page")
READ = _page(posts.READ, "Read a page")
REPLACE = _page(posts.REPLACE, "Replace a page's text")
CHANGE = replace(
    _page(posts.CHANGE, "Change parts of a page's text"), example={"title": "About me", "description": None}
)
DELETE = _page(posts.DELETE, "Put a page into the trash")
PUBLISH = _page(publication.PUBLISH, "Publish a page")
WITHDRAW = _page(publication.WITHDRAW, "Withdraw a page")
READINESS = _page(publication.READINESS, "See what a page lacks")


@reads("/pages", LIST)
@inject
async def list_pages(
    request: ApiRequest, query_posts: FromDishka[QueryPosts], answers: FromDishka[PostAnswers]
) -> Answer:
    wanted = query_of(request, PagesQuery)
    found = await query_posts(
        limit=wanted.limit,
        cursor=wanted.cursor,
        status=wanted.wanted_status,
        lang=wanted.lang,
        slug=wanted.slug,
        text=wanted.q,
        kind=PostKind.PAGE,
    )
    return answers.listed(request, found)


@writes(HttpMethod.POST, "/pages", CREATE)
@inject
async def create_page(
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
        return answers.created(await draft(wanted.text(default_lang=site.locale), kind=PostKind.PAGE))

    return await repeats.once(request, raw, write)


@reads("/pages/{page_id:str}", READ)
@inject
async def read_page(
    request: ApiRequest, page_id: FromPath[str], show: FromDishka[ShowPost], answers: FromDishka[PostAnswers]
) -> Answer:
    return answers.read(request, await show(PostId(page_id), kind=PostKind.PAGE))


@writes(HttpMethod.PUT, "/pages/{page_id:str}", REPLACE)
@inject
async def replace_page(
    request: ApiRequest,
    page_id: FromPath[str],
    admission: FromDishka[Admission],
    edit: FromDishka[EditPost],
    site: FromDishka[SiteSettings],
    answers: FromDishka[PostAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_POST)
    expected = required_version(request)
    wanted, _ = await json_body(request, PostWanted)
    text = wanted.text(default_lang=site.locale)
    return answers.changed(await edit(PostId(page_id), text, expected=expected, kind=PostKind.PAGE))


@writes(HttpMethod.PATCH, "/pages/{page_id:str}", CHANGE)
@inject
async def change_page(
    request: ApiRequest,
    page_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowPost],
    edit: FromDishka[EditPost],
    site: FromDishka[SiteSettings],
    answers: FromDishka[PostAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_POST)
    expected = required_version(request)
    post = await show(PostId(page_id), kind=PostKind.PAGE)
    wanted = await patched(request, PostWanted.of(post))
    text = wanted.text(default_lang=site.locale)
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    return answers.changed(await edit(post.id, text, expected=post.version if expected is None else expected))


@writes(HttpMethod.DELETE, "/pages/{page_id:str}", DELETE)
@inject
async def delete_page(request: ApiRequest, page_id: FromPath[str], trash: FromDishka[TrashPost]) -> Answer:
    await trash(PostId(page_id), expected=optional_version(request), kind=PostKind.PAGE)
    return gone()


@writes(HttpMethod.PUT, "/pages/{page_id:str}/publication", PUBLISH)
@inject
async def publish_page(
    request: ApiRequest,
    page_id: FromPath[str],
    admission: FromDishka[Admission],
    publish: FromDishka[PublishPost],
    answers: FromDishka[PostAnswers],
) -> Answer:
    await admission.admit(Action.PUBLISH_POST)
    expected = required_version(request)
    wanted = await optional_json_body(request, PublicationWanted)
    return answers.changed(
        await publish(PostId(page_id), at=wanted.published_at, expected=expected, kind=PostKind.PAGE)
    )


@writes(HttpMethod.DELETE, "/pages/{page_id:str}/publication", WITHDRAW)
@inject
async def withdraw_page(
    request: ApiRequest, page_id: FromPath[str], withdraw: FromDishka[WithdrawPost], answers: FromDishka[PostAnswers]
) -> Answer:
    post = await withdraw(PostId(page_id), expected=optional_version(request), kind=PostKind.PAGE)
    return gone(tag=answers.of(post).tag)


@reads("/pages/{page_id:str}/readiness", READINESS)
@inject
async def page_readiness(
    request: ApiRequest, page_id: FromPath[str], show: FromDishka[ShowReadiness], answers: FromDishka[PostAnswers]
) -> Answer:
    return await answers.ready(request, await show(PostId(page_id), kind=PostKind.PAGE))


HANDLERS = (
    list_pages,
    create_page,
    read_page,
    replace_page,
    change_page,
    delete_page,
    publish_page,
    withdraw_page,
    page_readiness,
)
