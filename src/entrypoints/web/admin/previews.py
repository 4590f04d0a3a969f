"""Links for those who may read a text before it is public."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.blog.addresses import PREVIEW_DAYS
from core.blog.entities import PostId
from core.blog.use_cases.list_previews import ListPreviews
from core.blog.use_cases.make_preview import MakePreview
from core.blog.use_cases.revoke_preview import RevokePreview
from core.blog.use_cases.show_post import ShowPost
from core.clock import Clock
from core.errors import Conflict, Invalid, TerraceError
from entrypoints.web.admin import history_shapes as shapes
from entrypoints.web.admin.kinds import desk_of, kind_at, under_one
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form

NOT_A_NUMBER = 0


class DaysForm(WebForm):
    days: str = ""

    @property
    def number(self) -> int:
        """What cannot be a number of days is refused like one that is too small."""
        text = self.days.strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else NOT_A_NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDesk:
    """The page with the links to one text."""

    pages: Pages
    show_post: ShowPost
    clock: Clock

    async def show(self, list_previews: ListPreviews, post_id: PostId, form: Form, *, status: int = 200) -> Page:
        kind = kind_at(self.pages.request.scope["path"])
        found = await list_previews(post_id, kind=kind)
        post = await self.show_post(post_id, kind=kind)
        page = shapes.preview_list(post, found, self.pages.access, self.clock.now(), form, self.pages.facts.base_url)
        return self.pages.show("admin/blog/previews.html", page, status=status)

    def refused(self, values: Mapping[str, str], error: TerraceError) -> Form:
        catalogue = self.pages.catalogue
        if isinstance(error, Invalid):
            return shown(values, catalogue=catalogue, problems=error.problems)
        return shown(values, catalogue=catalogue, message=catalogue.error(error))


@get(under_one("previews"))
@inject
async def index(post_id: FromPath[str], list_previews: FromDishka[ListPreviews], desk: FromDishka[PreviewDesk]) -> Page:
    return await desk.show(list_previews, PostId(post_id), Form(values={"days": str(PREVIEW_DAYS)}))


@post(under_one("previews"))
@inject
async def create(
    request: WebRequest,
    post_id: FromPath[str],
    make: FromDishka[MakePreview],
    list_previews: FromDishka[ListPreviews],
    desk: FromDishka[PreviewDesk],
) -> Page:
    values = await typed(request)
    form, path = parsed(DaysForm, values), request.scope["path"]
    try:
        await make(PostId(post_id), days=form.number, kind=kind_at(path))
    except (Invalid, Conflict) as error:
        status = 422 if isinstance(error, Invalid) else 409
        return await desk.show(list_previews, PostId(post_id), desk.refused(values, error), status=status)
    return desk.pages.redirect(path, done=Done.PREVIEW_MADE)


@post(under_one("previews/{preview_id:str}/revocation"))
@inject
async def revocation(
    request: WebRequest,
    post_id: FromPath[str],
    preview_id: FromPath[str],
    revoke: FromDishka[RevokePreview],
    show_post: FromDishka[ShowPost],
    pages: FromDishka[Pages],
) -> Page:
    kind = kind_at(request.scope["path"])
    await revoke(PostId(post_id), preview_id, kind=kind)
    return pages.redirect(f"{desk_of(await show_post(PostId(post_id), kind=kind))}/previews", done=Done.PREVIEW_REVOKED)
