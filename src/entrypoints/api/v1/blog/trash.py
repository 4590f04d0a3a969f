from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.blog.entities import PostId
from core.blog.use_cases.query_posts import QueryPosts
from core.blog.use_cases.restore_post import RestorePost
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.bodies import no_body
from entrypoints.api.models import Paging
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.models import PostShown, PostsShown

LIST = Operation(
    summary="List the trash",
    tag="trash",
    use_case=QueryPosts,
    query=Paging,
    shows=PostsShown,
    note="Here: the posts in the trash.",
)
RESTORE = Operation(
    summary="Restore a post from the trash",
    tag="trash",
    use_case=RestorePost,
    shows=PostShown,
    status=201,
    refusals=(404,),
    note="Location leads to the post.",
)


@reads("/trash", LIST)
@inject
async def list_trash(
    request: ApiRequest, query_posts: FromDishka[QueryPosts], answers: FromDishka[PostAnswers]
) -> Answer:
    wanted = query_of(request, Paging)
    found = await query_posts(limit=wanted.limit, cursor=wanted.cursor, status=None, is_trashed=True)
    return answers.listed(request, found)


@writes(HttpMethod.POST, "/trash/{post_id:str}/restoration", RESTORE)
@inject
async def restore_post(
    request: ApiRequest,
    post_id: FromPath[str],
    admission: FromDishka[Admission],
    restore: FromDishka[RestorePost],
    answers: FromDishka[PostAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.RESTORE_POST)
    raw = await no_body(request)

    async def write() -> Answer:
        return answers.created(await restore(PostId(post_id)))

    return await repeats.once(request, raw, write)


HANDLERS = (list_trash, restore_post)
