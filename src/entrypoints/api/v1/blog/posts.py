from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.blog.entities import PostId, PostKind
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.query_posts import QueryPosts
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.trash_post import TrashPost
from core.site.entities import SiteSettings
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import MERGE_PATCH, json_body, patched
from entrypoints.api.etags import optional_version, required_version
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.models import PostShown, PostsQuery, PostsShown, PostWanted

LIST = Operation(
    summary="List posts",
    tag="posts",
    use_case=QueryPosts,
    query=PostsQuery,
    shows=PostsShown,
    is_public=True,
    note="Newest first.",
)
CREATE = Operation(
    summary="Write a post",
    tag="posts",
    use_case=DraftPost,
    body=PostWanted,
    shows=PostShown,
    status=201,
    refusals=(422,),
)
READ = Operation(
    summary="Read a post",
    tag="posts",
    use_case=ShowPost,
    shows=PostShown,
    is_public=True,
    refusals=(404,),
)
REPLACE = Operation(
    summary="Replace a post's text",
    tag="posts",
    use_case=EditPost,
    body=PostWanted,
    shows=PostShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
)
CHANGE = Operation(
    summary="Change parts of a post's text",
    tag="posts",
    use_case=EditPost,
    body=PostWanted,
    body_types=(MERGE_PATCH, "application/json"),
    example={"title": "Timeouts, retries and who pays", "description": None},
    shows=PostShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396): what it does not name stays, null takes away.",
)
DELETE = Operation(
    summary="Put a post into the trash",
    tag="posts",
    use_case=TrashPost,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)


@reads("/posts", LIST)
@inject
async def list_posts(
    request: ApiRequest, query_posts: FromDishka[QueryPosts], answers: FromDishka[PostAnswers]
) -> Answer:
    wanted = query_of(request, PostsQuery)
    found = await query_posts(
        limit=wanted.limit,
        cursor=wanted.cursor,
        status=wanted.wanted_status,
        tag=wanted.tag,
        lang=wanted.lang,
        slug=wanted.slug,
        text=wanted.q,
        series=wanted.series,
        author=wanted.author,
    )
    return answers.listed(request, found)


@writes(HttpMethod.POST, "/posts", CREATE)
@inject
async def create_post(
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
        return answers.created(await draft(wanted.text(default_lang=site.locale)))

    return await repeats.once(request, raw, write)


@reads("/posts/{post_id:str}", READ)
@inject
async def read_post(
    request: ApiRequest, post_id: FromPath[str], show: FromDishka[ShowPost], answers: FromDishka[PostAnswers]
) -> Answer:
    return answers.read(request, await show(PostId(post_id), kind=PostKind.POST))


@writes(HttpMethod.PUT, "/posts/{post_id:str}", REPLACE)
@inject
async def replace_post(
    request: ApiRequest,
    post_id: FromPath[str],
    admission: FromDishka[Admission],
    edit: FromDishka[EditPost],
    site: FromDishka[SiteSettings],
    answers: FromDishka[PostAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_POST)
    expected = required_version(request)
    wanted, _ = await json_body(request, PostWanted)
    text = wanted.text(default_lang=site.locale)
    return answers.changed(await edit(PostId(post_id), text, expected=expected, kind=PostKind.POST))


@writes(HttpMethod.PATCH, "/posts/{post_id:str}", CHANGE)
@inject
async def change_post(
    request: ApiRequest,
    post_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowPost],
    edit: FromDishka[EditPost],
    site: FromDishka[SiteSettings],
    answers: FromDishka[PostAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_POST)
    expected = required_version(request)
    post = await show(PostId(post_id), kind=PostKind.POST)
    wanted = await patched(request, PostWanted.of(post))
    text = wanted.text(default_lang=site.locale)
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    return answers.changed(await edit(post.id, text, expected=post.version if expected is None else expected))


@writes(HttpMethod.DELETE, "/posts/{post_id:str}", DELETE)
@inject
async def delete_post(request: ApiRequest, post_id: FromPath[str], trash: FromDishka[TrashPost]) -> Answer:
    await trash(PostId(post_id), expected=optional_version(request), kind=PostKind.POST)
    return gone()


HANDLERS = (list_posts, create_post, read_post, replace_post, change_post, delete_post)
