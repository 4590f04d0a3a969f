"""The library of what is worth reading."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.resources import Resource
from core.competency_matrix.use_cases.add_resource import AddResource
from core.competency_matrix.use_cases.delete_resource import DeleteResource
from core.competency_matrix.use_cases.edit_resource import EditResource
from core.competency_matrix.use_cases.list_resources import ListResources
from core.competency_matrix.use_cases.list_troubled_resources import ListTroubledResources
from core.competency_matrix.use_cases.merge_resources import MergeResources
from core.competency_matrix.use_cases.request_resource_check import RequestResourceCheck
from core.competency_matrix.use_cases.show_resource import ShowResource
from core.pagination import NumberedPage
from core.site.entities import SiteSettings
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, answer, gone, shown, written
from entrypoints.api.bodies import MERGE_PATCH, json_body, no_body, patched
from entrypoints.api.etags import optional_version, required_version, version_tag, whole_tag
from entrypoints.api.numbered import part_of
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.answers import BASE
from entrypoints.api.v1.matrix.card_models import cards_shown
from entrypoints.api.v1.matrix.keeping_models import ChangedShown
from entrypoints.api.v1.matrix.place_models import MergeWanted
from entrypoints.api.v1.matrix.resource_models import (
    ResourceListed,
    ResourceShown,
    ResourcesQuery,
    ResourcesShown,
    ResourceUsesShown,
    ResourceWanted,
)

ALL = "/matrix/resources"
ONE = f"{ALL}/{{resource_id:str}}"

LIST = Operation(
    summary="List resources",
    tag="matrix",
    use_case=ListResources,
    query=ResourcesQuery,
    shows=ResourcesShown,
)
CREATE = Operation(
    summary="Add a resource", tag="matrix", use_case=AddResource, body=ResourceWanted, shows=ResourceShown, status=201
)
READ = Operation(
    summary="Read a resource, and where it is used",
    tag="matrix",
    use_case=ShowResource,
    shows=ResourceUsesShown,
    refusals=(404,),
)
CHANGE = Operation(
    summary="Change a resource",
    tag="matrix",
    use_case=EditResource,
    body=ResourceWanted,
    body_types=(MERGE_PATCH, "application/json"),
    example={"url": "https://use-the-index-luke.com/sql"},
    shows=ResourceShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396).",
)
DELETE = Operation(
    summary="Delete a resource",
    tag="matrix",
    use_case=DeleteResource,
    status=204,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)
MERGE = Operation(
    summary="Merge two resources",
    tag="matrix",
    use_case=MergeResources,
    body=MergeWanted,
    shows=ChangedShown,
    refusals=(404,),
    has_etag=False,
)
CHECK = Operation(
    summary="Look which links are dead",
    tag="matrix",
    use_case=RequestResourceCheck,
    status=202,
    has_etag=False,
    note="Location leads to the list of those in trouble; `checked_at` of a resource tells when it was looked at.",
)
CHECK_ONE = Operation(
    summary="Look whether one link is dead",
    tag="matrix",
    use_case=RequestResourceCheck,
    status=202,
    refusals=(404,),
    has_etag=False,
    note="Location leads to the resource; its `checked_at` tells when it was looked at.",
)


@reads(ALL, LIST)
@inject
async def list_resources(
    request: ApiRequest, list_all: FromDishka[ListResources], list_troubled: FromDishka[ListTroubledResources]
) -> Answer:
    wanted = query_of(request, ResourcesQuery)
    if wanted.in_trouble:
        troubled = tuple(ResourceListed.counted(resource, None) for resource in await list_troubled())
        return reading.many(request, ResourcesShown(items=troubled, next_cursor=None), None)

    async def ask(number: int, size: int) -> NumberedPage[tuple[Resource, int]]:
        return await list_all(wanted.q, number=number, size=size)

    part = await part_of(wanted, ask)
    items = tuple(ResourceListed.counted(resource, used) for resource, used in part.items)
    return reading.many(request, ResourcesShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@writes(HttpMethod.POST, ALL, CREATE)
@inject
async def create_resource(
    request: ApiRequest, admission: FromDishka[Admission], add: FromDishka[AddResource], repeats: FromDishka[Repeats]
) -> Answer:
    await admission.admit(Action.DRAFT_QUESTION)
    wanted, raw = await json_body(request, ResourceWanted)

    async def write() -> Answer:
        made = await add(name=wanted.name, url=wanted.url)
        location = f"{BASE}/resources/{made.id}"
        return shown(ResourceShown.of(made), tag=version_tag(made.version), status=201, location=location)

    return await repeats.once(request, raw, write)


@reads(ONE, READ)
@inject
async def read_resource(
    request: ApiRequest, resource_id: FromPath[str], show: FromDishka[ShowResource], site: FromDishka[SiteSettings]
) -> Answer:
    found = await show(resource_id, lang=site.locale)
    model = ResourceUsesShown.used(found.resource, cards_shown(found.used_in))
    return reading.one(request, model, tag=whole_tag(found.resource.version, written(model)))


@writes(HttpMethod.PATCH, ONE, CHANGE)
@inject
async def change_resource(
    request: ApiRequest,
    resource_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowResource],
    edit: FromDishka[EditResource],
    site: FromDishka[SiteSettings],
) -> Answer:
    await admission.admit(Action.EDIT_RESOURCES)
    expected = required_version(request)
    resource = (await show(resource_id, lang=site.locale)).resource
    wanted = await patched(request, ResourceWanted(name=resource.name, url=resource.url))
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    expected = resource.version if expected is None else expected
    changed = await edit(resource_id, name=wanted.name, url=wanted.url, expected=expected)
    return shown(ResourceShown.of(changed), tag=version_tag(changed.version))


@writes(HttpMethod.DELETE, ONE, DELETE)
@inject
async def delete_resource(
    request: ApiRequest, resource_id: FromPath[str], delete: FromDishka[DeleteResource]
) -> Answer:
    await delete(resource_id, expected=optional_version(request))
    return gone()


@writes(HttpMethod.POST, f"{ALL}/merges", MERGE)
@inject
async def merge_resources(
    request: ApiRequest,
    admission: FromDishka[Admission],
    merge: FromDishka[MergeResources],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_RESOURCES)
    wanted, raw = await json_body(request, MergeWanted)

    async def write() -> Answer:
        return shown(ChangedShown(changed=await merge(wanted.gone, wanted.into)))

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{ALL}/checks", CHECK)
@inject
async def check_resources(
    request: ApiRequest,
    admission: FromDishka[Admission],
    check: FromDishka[RequestResourceCheck],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_RESOURCES)
    raw = await no_body(request)

    async def write() -> Answer:
        await check()
        return answer(202, b"", {"location": f"{BASE}/resources?in_trouble=true"})

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{ONE}/checks", CHECK_ONE)
@inject
async def check_resource(
    request: ApiRequest,
    resource_id: FromPath[str],
    admission: FromDishka[Admission],
    check: FromDishka[RequestResourceCheck],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_RESOURCES)
    raw = await no_body(request)

    async def write() -> Answer:
        await check(resource_id)
        return answer(202, b"", {"location": f"{BASE}/resources/{resource_id}"})

    return await repeats.once(request, raw, write)


HANDLERS = (
    list_resources,
    create_resource,
    read_resource,
    change_resource,
    delete_resource,
    merge_resources,
    check_resources,
    check_resource,
)
