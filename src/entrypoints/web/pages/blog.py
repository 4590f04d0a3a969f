"""The blog as readers see it."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.access import Action
from core.blog.use_cases.list_posts import ListPosts
from core.blog.use_cases.read_post import ReadPost
from entrypoints.web.addresses import tag_url
from entrypoints.web.lists import page_number, pagination, searched
from entrypoints.web.pages.reading import list_item, post_page
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import PostListPage


@get("/blog")
@inject
async def index(request: WebRequest, list_posts: FromDishka[ListPosts], pages: FromDishka[Pages]) -> Page:
    text = searched(request.query_params.get("q"))
    found = await list_posts(number=page_number(request.query_params.get("page")), text=text or None)
    page = PostListPage(
        posts=tuple(list_item(post) for post in found.items),
        pagination=pagination(found, "/blog", q=text),
        query=text,
    )
    return _list(pages, page)


@get("/blog/tags/{tag:str}")
@inject
async def tagged(
    request: WebRequest, tag: FromPath[str], list_posts: FromDishka[ListPosts], pages: FromDishka[Pages]
) -> Page:
    found = await list_posts(number=page_number(request.query_params.get("page")), tag=tag)
    page = PostListPage(
        posts=tuple(list_item(post) for post in found.items), pagination=pagination(found, tag_url(tag)), tag=tag
    )
    return _list(pages, page)


@get("/blog/{slug:str}")
@inject
async def show(slug: FromPath[str], read_post: FromDishka[ReadPost], pages: FromDishka[Pages]) -> Page:
    post = await read_post(slug)
    edit_url = f"/admin/blog/{post.id}/edit" if pages.access.can(Action.EDIT_POST, on=post) else ""
    return pages.show("blog/show.html", post_page(post, edit_url=edit_url))


def _list(pages: Pages, page: PostListPage) -> Page:
    if pages.wants_fragment:
        return pages.fragment("blog/_list.html", page=page)
    return pages.show("blog/index.html", page)
