"""What the texts of the site lack, all in one list."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get

from core.blog.checking import CheckedText
from core.blog.use_cases.check_content import CheckContent
from core.clock import Clock
from entrypoints.web.addresses import with_query
from entrypoints.web.admin import history_shapes as shapes
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import CheckPage

ADDRESS = "/admin/blog/check"
SHOWN = 30
CHECKED_MAX = 500


@get(ADDRESS)
@inject
async def show(
    request: WebRequest, check: FromDishka[CheckContent], clock: FromDishka[Clock], pages: FromDishka[Pages]
) -> Page:
    """So many texts at a time that a page is filled, or that it does not take long."""
    has_drafts = request.query_params.get("drafts") == "yes"
    cursor = request.query_params.get("cursor")
    lacking: list[CheckedText] = []
    checked = 0
    while True:
        batch = await check(has_drafts=has_drafts, cursor=cursor)
        checked, cursor = checked + len(batch.items), batch.next_cursor
        lacking += [text for text in batch.items if text.items]
        if cursor is None or len(lacking) >= SHOWN or checked >= CHECKED_MAX:
            break
    page = CheckPage(
        texts=tuple(shapes.checked_item(text, pages.access, clock.now(), pages.catalogue) for text in lacking),
        checked=checked,
        has_drafts=has_drafts,
        next_url=with_query(ADDRESS, drafts="yes" if has_drafts else None, cursor=cursor) if cursor else "",
    )
    return pages.show("admin/blog/check.html", page)
