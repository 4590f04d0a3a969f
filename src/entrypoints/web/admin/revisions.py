"""What a text was: all its states, one of them, two side by side, and back to one."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.blog.entities import PostId
from core.blog.errors import RevisionNotFound
from core.blog.use_cases.compare_revisions import CompareRevisions
from core.blog.use_cases.list_revisions import ListRevisions
from core.blog.use_cases.restore_revision import RestoreRevision
from core.blog.use_cases.show_revision import ShowRevision
from core.clock import Clock
from core.errors import Invalid
from core.revisions import revision_number
from entrypoints.web.addresses import with_query
from entrypoints.web.admin import history_shapes as shapes
from entrypoints.web.admin.kinds import desk_of, kind_at, under_one
from entrypoints.web.admin.post_forms import VersionForm
from entrypoints.web.forms import parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest

PAGE_SIZE = 30


@get(under_one("revisions"))
@inject
async def index(
    request: WebRequest,
    post_id: FromPath[str],
    list_revisions: FromDishka[ListRevisions],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    before = str(number) if (number := revision_number(request.query_params.get("before", ""))) else None
    kind = kind_at(request.scope["path"])
    found = await list_revisions(PostId(post_id), limit=PAGE_SIZE, cursor=before, kind=kind)
    older = found.revisions.next_cursor
    page = shapes.revision_list(
        found,
        pages.access,
        clock.now(),
        older_url=with_query(f"{desk_of(found.post)}/revisions", before=older) if older else "",
    )
    return pages.show("admin/blog/revisions.html", page)


@get(under_one("revisions/{number:str}"))
@inject
async def show(
    request: WebRequest,
    post_id: FromPath[str],
    number: FromPath[str],
    show_revision: FromDishka[ShowRevision],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    kind = kind_at(request.scope["path"])
    found = await show_revision(PostId(post_id), _number(number), kind=kind)
    return pages.show("admin/blog/revision.html", shapes.revision_page(found, pages.access, clock.now()))


@get(under_one("comparison"))
@inject
async def comparison(
    request: WebRequest,
    post_id: FromPath[str],
    compare: FromDishka[CompareRevisions],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    """``?old=3&new=7``; without *new* with the text as it stands. Whatever the order, the earlier one is the old."""
    old, new = _number(request.query_params.get("old", "")), request.query_params.get("new")
    other = _number(new) if new else None
    if other is not None and other < old:
        old, other = other, old
    found = await compare(PostId(post_id), old=old, new=other, kind=kind_at(request.scope["path"]))
    return pages.show("admin/blog/comparison.html", shapes.comparison_page(found, pages.access, clock.now()))


@post(under_one("revisions/{number:str}/restoration"))
@inject
async def restoration(
    request: WebRequest,
    post_id: FromPath[str],
    number: FromPath[str],
    restore: FromDishka[RestoreRevision],
    show_revision: FromDishka[ShowRevision],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    form, wanted, kind = parsed(VersionForm, await typed(request)), _number(number), kind_at(request.scope["path"])
    try:
        restored = await restore(PostId(post_id), wanted, expected=form.expected, kind=kind)
    except Invalid as error:
        found = await show_revision(PostId(post_id), wanted, kind=kind)
        problems = tuple(pages.catalogue.problem(problem) for problem in error.problems)
        page = shapes.revision_page(found, pages.access, clock.now(), problems=problems)
        return pages.show("admin/blog/revision.html", page, status=422)
    return pages.redirect(f"{desk_of(restored)}/edit", done=Done.REVISION_RESTORED)


def _number(text: str) -> int:
    number = revision_number(text)
    if number is None:
        raise RevisionNotFound
    return number
