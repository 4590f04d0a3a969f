"""One thing of the library, and several that are one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.competency_matrix.use_cases.delete_resource import DeleteResource
from core.competency_matrix.use_cases.edit_resource import EditResource
from core.competency_matrix.use_cases.merge_resources import MergeResources
from core.competency_matrix.use_cases.request_resource_check import RequestResourceCheck
from core.competency_matrix.use_cases.show_resource import ShowResource
from core.competency_matrix.use_cases.show_structure import ShowStructure
from core.errors import Invalid, NotFound, StaleVersion, TerraceError
from core.text import N_
from core.transaction import Transaction
from entrypoints.web.admin.matrix.resource_shapes import LIST, ResourceForm, chosen, resource_item, used_in
from entrypoints.web.forms import parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.matrix_keeping import ResourceItem, ResourceMergePage, ResourcePage

ONE = f"{LIST}/{{resource_id:str}}"
CHOOSE_TWO = N_("Choose two or more that are the same.")
CHOOSE_ONE = N_("Choose the one that stays.")
STALE = N_("Somebody changed it meanwhile. Here is what you typed: save again to replace the other's words by yours.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceDesk:
    """The page of one, and that of several to be merged."""

    pages: Pages
    show_structure: ShowStructure
    transaction: Transaction

    async def show(
        self, show_resource: ShowResource, resource_id: str, *, form: Form | None = None, status: int = 200
    ) -> Page:
        found = await show_resource(resource_id, lang=self.pages.settings.locale)
        sheets = {str(sheet.id): sheet.key for sheet in (await self.show_structure()).sheets} if found.used_in else {}
        page = ResourcePage(
            resource=resource_item(found.resource, len(found.used_in)),
            form=form or Form(values={"name": found.resource.name, "url": found.resource.url}),
            used_in=tuple(used_in(card, sheets) for card in found.used_in),
        )
        return self.pages.show("admin/matrix/resource.html", page, status=status)

    async def refused(
        self, show_resource: ShowResource, resource_id: str, values: Mapping[str, str], error: TerraceError
    ) -> Page:
        """What was typed, beside what stands now."""
        await self.transaction.rest()
        if isinstance(error, Invalid):
            form = shown({"name": "", "url": "", **values}, catalogue=self.pages.catalogue, problems=error.problems)
            return await self.show(show_resource, resource_id, form=form, status=422)
        form = Form(values=dict(values), message=self.pages.catalogue.gettext(STALE))
        return await self.show(show_resource, resource_id, form=form, status=409)

    async def several(self, show_resource: ShowResource, ids: Sequence[str], *, words: str = "") -> Page:
        """Those of *ids* that are there, to choose from."""
        items: list[ResourceItem] = []
        for resource_id in ids:
            try:
                found = await show_resource(resource_id, lang=self.pages.settings.locale)
            except NotFound:
                continue
            items.append(resource_item(found.resource, len(found.used_in)))
        if len(items) < 2:
            words = self.pages.catalogue.gettext(CHOOSE_TWO)
        page = ResourceMergePage(resources=tuple(items), message=words)
        return self.pages.show("admin/matrix/resource_merge.html", page, status=422 if words else 200)


@get(f"{LIST}/merge")
@inject
async def choose(request: WebRequest, show_resource: FromDishka[ShowResource], desk: FromDishka[ResourceDesk]) -> Page:
    return await desk.several(show_resource, chosen(dict(request.query_params)))


@post(f"{LIST}/merge")
@inject
async def merge(
    request: WebRequest,
    merge_resources: FromDishka[MergeResources],
    show_resource: FromDishka[ShowResource],
    desk: FromDishka[ResourceDesk],
) -> Page:
    """Each of those chosen becomes *into*; one that went meanwhile holds up none of the others."""
    values = await typed(request)
    ids, into = chosen(values), parsed(ResourceForm, values).into
    gone = [resource_id for resource_id in ids if resource_id != into]
    if into not in ids or not gone:
        words = desk.pages.catalogue.gettext(CHOOSE_ONE)
        return await desk.several(show_resource, ids, words=words)
    count = 0
    for resource_id in gone:
        count += await merge_resources(resource_id, into)
    return desk.pages.redirect(f"{LIST}/{into}", done=Done.RESOURCES_MERGED, count=count)


@get(ONE)
@inject
async def show(
    resource_id: FromPath[str], show_resource: FromDishka[ShowResource], desk: FromDishka[ResourceDesk]
) -> Page:
    return await desk.show(show_resource, resource_id)


@post(ONE)
@inject
async def update(
    request: WebRequest,
    resource_id: FromPath[str],
    edit: FromDishka[EditResource],
    show_resource: FromDishka[ShowResource],
    desk: FromDishka[ResourceDesk],
) -> Page:
    values = await typed(request)
    form = parsed(ResourceForm, values)
    try:
        await edit(resource_id, name=form.name, url=form.url, expected=form.expected)
    except (Invalid, StaleVersion) as error:
        return await desk.refused(show_resource, resource_id, values, error)
    return desk.pages.redirect(f"{LIST}/{resource_id}", done=Done.SAVED)


@post(f"{ONE}/check")
@inject
async def check(resource_id: FromPath[str], ask: FromDishka[RequestResourceCheck], pages: FromDishka[Pages]) -> Page:
    await ask(resource_id)
    return pages.redirect(f"{LIST}/{resource_id}", done=Done.LINK_CHECK_ASKED)


@post(f"{ONE}/deletion")
@inject
async def deletion(
    request: WebRequest,
    resource_id: FromPath[str],
    delete: FromDishka[DeleteResource],
    show_resource: FromDishka[ShowResource],
    desk: FromDishka[ResourceDesk],
) -> Page:
    form = parsed(ResourceForm, await typed(request))
    try:
        count = await delete(resource_id, expected=form.expected)
    except StaleVersion as error:
        await desk.transaction.rest()
        words = desk.pages.catalogue.error(error)
        found = await show_resource(resource_id, lang=desk.pages.settings.locale)
        kept = Form(values={"name": found.resource.name, "url": found.resource.url}, message=words)
        return await desk.show(show_resource, resource_id, form=kept, status=409)
    return desk.pages.redirect(LIST, done=Done.RESOURCE_DELETED, count=count)
