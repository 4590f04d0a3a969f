"""The tags and series of a site: renaming, merging, taking away."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.blog.use_cases.delete_tags import DeleteTags
from core.blog.use_cases.dissolve_series import DissolveSeries
from core.blog.use_cases.list_desk_shelves import ListDeskShelves
from core.blog.use_cases.merge_tags import MergeTags
from core.blog.use_cases.rename_series import RenameSeries
from core.errors import Invalid, NotFound, TerraceError
from entrypoints.web.admin import history_shapes as shapes
from entrypoints.web.forms import shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, ShelvesPage

LIST = "/admin/blog/tags"
_CHOSEN = "is-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfDesk:
    """The page with both lists."""

    pages: Pages

    async def show(
        self,
        list_shelves: ListDeskShelves,
        *,
        tag_form: Form | None = None,
        series_form: Form | None = None,
        chosen: frozenset[str] = frozenset(),
        status: int = 200,
    ) -> Page:
        found = await list_shelves()
        page = ShelvesPage(
            tags=tuple(shapes.tag_item(shelf) for shelf in found.tags),
            series=tuple(shapes.series_item(shelf) for shelf in found.series),
            tag_form=tag_form or Form(),
            series_form=series_form or Form(),
            chosen=chosen,
        )
        return self.pages.show("admin/blog/tags.html", page, status=status)

    def refused(self, values: Mapping[str, str], error: TerraceError) -> Form:
        """The form as it was typed, and what is wrong."""
        catalogue = self.pages.catalogue
        if isinstance(error, Invalid):
            return shown(values, catalogue=catalogue, problems=error.problems)
        return shown(values, catalogue=catalogue, message=catalogue.error(error))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What may be done with the chosen ones of a list, and what is said of it afterwards."""

    join: MergeTags | RenameSeries
    end: DeleteTags | DissolveSeries
    joined: Done
    ended: Done

    async def of(self, values: Mapping[str, str], pages: Pages) -> Page:
        """Do what the form *values* asks for."""
        chosen = _chosen(values)
        if values.get("intent") == "delete":
            return pages.redirect(LIST, done=self.ended, count=await self.end(chosen))
        return pages.redirect(LIST, done=self.joined, count=await self.join(chosen, into=values.get("into", "")))


@get(LIST)
@inject
async def index(list_shelves: FromDishka[ListDeskShelves], desk: FromDishka[ShelfDesk]) -> Page:
    return await desk.show(list_shelves)


@post(LIST)
@inject
async def update(
    request: WebRequest,
    merge: FromDishka[MergeTags],
    delete: FromDishka[DeleteTags],
    list_shelves: FromDishka[ListDeskShelves],
    desk: FromDishka[ShelfDesk],
) -> Page:
    """Those chosen become one, or go."""
    change = Change(join=merge, end=delete, joined=Done.TAGS_MERGED, ended=Done.TAGS_DELETED)
    values = await typed(request)
    try:
        return await change.of(values, desk.pages)
    except (Invalid, NotFound) as error:
        form, chosen = desk.refused(values, error), frozenset(_chosen(values))
        return await desk.show(list_shelves, tag_form=form, chosen=chosen, status=422)


@post(f"{LIST}/series")
@inject
async def update_series(
    request: WebRequest,
    rename: FromDishka[RenameSeries],
    dissolve: FromDishka[DissolveSeries],
    list_shelves: FromDishka[ListDeskShelves],
    desk: FromDishka[ShelfDesk],
) -> Page:
    """Those chosen get one name, or end."""
    change = Change(join=rename, end=dissolve, joined=Done.SERIES_RENAMED, ended=Done.SERIES_DISSOLVED)
    values = await typed(request)
    try:
        return await change.of(values, desk.pages)
    except (Invalid, NotFound) as error:
        form, chosen = desk.refused(values, error), frozenset(_chosen(values))
        return await desk.show(list_shelves, series_form=form, chosen=chosen, status=422)


def _chosen(values: Mapping[str, str]) -> list[str]:
    """Which boxes were checked: each has a name of its own."""
    return [unquote(name.removeprefix(_CHOSEN)) for name in values if name.startswith(_CHOSEN)]
