"""Posts and pages on the desk: the lists, and what is done to several of them."""

from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.access import Action
from core.blog.entities import PostKind, PostStatus
from core.blog.storage import PostCounts
from core.blog.use_cases.count_desk_posts import CountDeskPosts
from core.blog.use_cases.list_desk_posts import ListDeskPosts
from core.blog.use_cases.list_desk_shelves import ListDeskShelves
from core.blog.use_cases.show_shelves import ShowShelves
from core.clock import Clock
from core.errors import Invalid
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.kinds import DESKS, LISTS, kind_at
from entrypoints.web.admin.selection import Selection, SelectionForm, chosen
from entrypoints.web.admin.shapes import admin_post, status_filter
from entrypoints.web.forms import parsed, typed
from entrypoints.web.lists import page_number, pagination, searched
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import PostAdminListPage, SelectionResult, StatusTab


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLists:
    """The list under the address of the request, whole or only what a filter changes."""

    pages: Pages
    count_posts: CountDeskPosts
    list_shelves: ListDeskShelves
    show_shelves: ShowShelves
    clock: Clock

    @property
    def kind(self) -> PostKind:
        return kind_at(self.pages.request.scope["path"])

    async def show(
        self,
        list_posts: ListDeskPosts,
        *,
        query: str = "",
        status: str = "",
        tag: str = "",
        number: int = 1,
        result: SelectionResult | None = None,
        still_chosen: frozenset[str] = frozenset(),
    ) -> Page:
        kind, wanted, now = self.kind, status_filter(status), self.clock.now()
        found = await list_posts(kind=kind, number=number, status=wanted, text=query or None, tag=tag or None)
        is_fragment = self.pages.wants_fragment and result is None
        page = PostAdminListPage(
            posts=tuple(admin_post(post, self.pages.access, now) for post in found.items),
            pagination=pagination(found, DESKS[kind], q=query, status=wanted or "", tag=tag),
            query=query,
            status=wanted.value if wanted else "",
            kind=kind.value,
            tag=tag,
            tags=() if is_fragment else await self._tags(tag),
            tabs=() if is_fragment else _tabs(await self.count_posts(kind=kind)),
            result=result,
            chosen=still_chosen,
        )
        if is_fragment:
            return self.pages.fragment("admin/blog/_list.html", page=page)
        return self.pages.show("admin/blog/index.html", page, status=422 if result and result.message else 200)

    async def _tags(self, tag: str) -> tuple[str, ...]:
        """To choose from: those of drafts only for whoever sees all drafts anyway."""
        if self.pages.access.can(Action.EDIT_TAGS):
            found = await self.list_shelves()
        else:
            found = await self.show_shelves(time_zone=self.pages.settings.time_zone)
        return tuple(dict.fromkeys([*([tag] if tag else []), *(shelf.name for shelf in found.tags)]))


@get(LISTS)
@inject
async def index(request: WebRequest, list_posts: FromDishka[ListDeskPosts], lists: FromDishka[PostLists]) -> Page:
    asked = request.query_params
    return await lists.show(
        list_posts,
        query=searched(asked.get("q")),
        status=asked.get("status", ""),
        tag=searched(asked.get("tag")).lower(),
        number=page_number(asked.get("page")),
    )


@post([f"{desk}/selection" for desk in LISTS], status_code=200)
@inject
async def selection(
    request: WebRequest,
    deeds: FromDishka[Selection],
    list_posts: FromDishka[ListDeskPosts],
    lists: FromDishka[PostLists],
) -> Page:
    values = await typed(request)
    form = parsed(SelectionForm, values)
    query, tag = searched(form.back_q), searched(form.back_tag)
    pages = lists.pages
    try:
        posts = chosen(values)
        result = await deeds.apply(form, posts, lists.kind, pages.catalogue)
    except Invalid as error:
        message = " ".join(pages.catalogue.problem(problem) for problem in error.problems)
        kept = frozenset(name.removeprefix("post-") for name in values if name.startswith("post-"))
        result = SelectionResult(message=message, deed=form.deed, tag=form.tag)
        return await lists.show(
            list_posts, query=query, status=form.back_status, tag=tag, result=result, still_chosen=kept
        )
    if result.unchanged:
        return await lists.show(list_posts, query=query, status=form.back_status, tag=tag, result=result)
    back = with_query(DESKS[lists.kind], q=query, status=form.back_status, tag=tag)
    return pages.redirect(back, done=Done(result.done), count=result.count)


def _tabs(counts: PostCounts) -> tuple[StatusTab, ...]:
    each = {
        PostStatus.DRAFT: counts.drafts,
        PostStatus.SCHEDULED: counts.scheduled,
        PostStatus.PUBLISHED: counts.published,
        PostStatus.WITHDRAWN: counts.hidden,
    }
    tabs = tuple(StatusTab(status=status.value, count=count) for status, count in each.items())
    return (StatusTab(status="", count=sum(each.values())), *tabs)
