"""Posts and pages as lists."""

from dishka.integrations.litestar import FromDishka, inject

from core.blog.entities import PostKind
from core.blog.use_cases.query_posts import QueryPosts
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.operations import Operation, reads
from entrypoints.api.queries import query_of
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.models import PagesQuery, PostsQuery, PostsShown

LIST_POSTS = Operation(
    summary="List posts",
    tag="posts",
    use_case=QueryPosts,
    query=PostsQuery,
    shows=PostsShown,
    is_public=True,
    note="Newest first.",
)
LIST_PAGES = Operation(
    summary="List pages",
    tag="pages",
    use_case=QueryPosts,
    query=PagesQuery,
    shows=PostsShown,
    is_public=True,
    note="Newest first.",
)


@reads("/posts", LIST_POSTS)
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


@reads("/pages", LIST_PAGES)
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


HANDLERS = (list_posts, list_pages)
