"""The desk's first page, and what was thrown away."""

from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Access, Action
from core.blog.entities import PostId
from core.blog.use_cases.list_desk_posts import ListDeskPosts
from core.blog.use_cases.open_desk import OpenDesk
from core.blog.use_cases.restore_post import RestorePost
from core.clock import Clock
from core.competency_matrix.use_cases.list_desk_questions import ListDeskQuestions
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.media.use_cases.measure_media import MeasureMedia, MediaUsage
from entrypoints.web.admin.kinds import desk_of
from entrypoints.web.admin.matrix.ground import ground_of
from entrypoints.web.admin.shapes import admin_post, trashed_post
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views import DeskCounts, DeskHomePage, TrashPage
from entrypoints.web.views.charts import months_chart

TRASH_SHOWN = 100


@get("/admin")
@inject
async def show(
    open_desk: FromDishka[OpenDesk],
    measure: FromDishka[MeasureMedia],
    access: FromDishka[Access],
    clock: FromDishka[Clock],
    pages: FromDishka[Pages],
) -> Page:
    desk = await open_desk(time_zone=pages.settings.time_zone)
    usage = await measure() if access.can(Action.LIST_MEDIA) else MediaUsage(files=0, size=0, limit=0)
    now = clock.now()
    page = DeskHomePage(
        counts=DeskCounts(
            published=desk.counts.published,
            scheduled=desk.counts.scheduled,
            drafts=desk.counts.drafts,
            trashed=desk.counts.trashed,
            files=usage.files,
            bytes_stored=usage.size,
            bytes_allowed=usage.limit,
        ),
        months=months_chart(desk.months),
        scheduled=tuple(admin_post(post, access, now) for post in desk.scheduled),
        drafts=tuple(admin_post(post, access, now) for post in desk.drafts),
        published=tuple(admin_post(post, access, now) for post in desk.published),
    )
    return pages.show("admin/index.html", page)


@get("/admin/trash")
@inject
async def trash(
    list_posts: FromDishka[ListDeskPosts],
    list_questions: FromDishka[ListDeskQuestions],
    show_matrix: FromDishka[ShowMatrix],
    pages: FromDishka[Pages],
) -> Page:
    found = await list_posts(kind=None, size=TRASH_SHOWN, is_trashed=True)
    page = TrashPage(posts=tuple(trashed_post(post, pages.access) for post in found.items))
    if pages.access.can(Action.READ_UNPUBLISHED_QUESTION):
        asked = await list_questions(lang=pages.settings.locale, size=TRASH_SHOWN, is_trashed=True)
        ground = ground_of(await show_matrix()) if asked.items else None
        questions = tuple(ground.trashed(card, pages.access) for card in asked.items) if ground else ()
        page = replace(page, questions=questions, more_questions=asked.total > TRASH_SHOWN)
    return pages.show("admin/trash/index.html", page)


@post("/admin/trash/{post_id:str}/restoration")
@inject
async def restoration(post_id: FromPath[str], restore: FromDishka[RestorePost], pages: FromDishka[Pages]) -> Page:
    restored = await restore(PostId(post_id))
    return pages.redirect(f"{desk_of(restored)}/edit", done=Done.RESTORED)
