"""The library of the matrix: looking through it, adding, checking its links."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.competency_matrix.use_cases.add_resource import AddResource
from core.competency_matrix.use_cases.list_resources import ListResources
from core.competency_matrix.use_cases.list_troubled_resources import ListTroubledResources
from core.competency_matrix.use_cases.request_resource_check import RequestResourceCheck
from core.errors import Invalid
from core.transaction import Transaction
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.matrix.resource_shapes import LIST, ResourceForm, resource_item
from entrypoints.web.forms import parsed, shown, typed
from entrypoints.web.lists import page_number, pagination, searched
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, Pagination
from entrypoints.web.views.matrix_keeping import ResourcesPage


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryDesk:
    """The list, whole or only what a filter changes."""

    pages: Pages
    list_troubled: ListTroubledResources
    transaction: Transaction

    async def show(
        self,
        list_resources: ListResources,
        *,
        query: str = "",
        number: int = 1,
        is_troubled: bool = False,
        form: Form | None = None,
        status: int = 200,
    ) -> Page:
        if is_troubled:
            page = await self._troubled(query)
        else:
            found = await list_resources(query, number=number)
            page = ResourcesPage(
                resources=tuple(resource_item(resource, used) for resource, used in found.items),
                pagination=pagination(found, LIST, q=query),
                query=query,
                form=form or Form(),
            )
        if self.pages.wants_fragment:
            return self.pages.fragment("admin/matrix/_resources.html", page=page)
        return self.pages.show("admin/matrix/resources.html", page, status=status)

    async def refused(self, list_resources: ListResources, values: Mapping[str, str], error: Invalid) -> Page:
        await self.transaction.rest()
        form = shown({"name": "", "url": "", **values}, catalogue=self.pages.catalogue, problems=error.problems)
        return await self.show(list_resources, form=form, status=422)

    async def _troubled(self, query: str) -> ResourcesPage:
        """All of them: hardly ever many."""
        folded = query.casefold()
        found = [
            resource
            for resource in await self.list_troubled()
            if folded in resource.name.casefold() or folded in resource.url.casefold()
        ]
        return ResourcesPage(
            resources=tuple(resource_item(resource) for resource in found),
            pagination=Pagination(total=len(found)),
            query=query,
            is_troubled=True,
        )


@get(LIST)
@inject
async def index(request: WebRequest, list_resources: FromDishka[ListResources], desk: FromDishka[LibraryDesk]) -> Page:
    asked = request.query_params
    return await desk.show(
        list_resources,
        query=searched(asked.get("q")),
        number=page_number(asked.get("page")),
        is_troubled=asked.get("show") == "troubled",
    )


@post(LIST)
@inject
async def create(
    request: WebRequest,
    add: FromDishka[AddResource],
    list_resources: FromDishka[ListResources],
    desk: FromDishka[LibraryDesk],
) -> Page:
    values = await typed(request)
    form = parsed(ResourceForm, values)
    try:
        resource = await add(name=form.name, url=form.url)
    except Invalid as error:
        return await desk.refused(list_resources, values, error)
    return desk.pages.redirect(with_query(LIST, q=resource.name), done=Done.RESOURCE_ADDED)


@post(f"{LIST}/checks")
@inject
async def check(ask: FromDishka[RequestResourceCheck], pages: FromDishka[Pages]) -> Page:
    await ask()
    return pages.redirect(LIST, done=Done.CHECK_ASKED)
