from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.identity import RoleKey
from core.roles.shown import RolesShown as Roles
from core.roles.use_cases.add_role import AddRole
from core.roles.use_cases.delete_role import DeleteRole
from core.roles.use_cases.edit_role import EditRole
from core.roles.use_cases.list_roles import ListRoles
from core.roles.use_cases.show_role import ShowRole
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown, written
from entrypoints.api.bodies import MERGE_PATCH, json_body, patched
from entrypoints.api.etags import optional_version, required_version, version_tag, whole_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.roles.models import DeleteQuery, RoleChanged, RoleShown, RolesShown, RoleWanted
from entrypoints.api.words import words_for

ALL = "/roles"
ONE = f"{ALL}/{{role:str}}"
BASE = "/api/v1/roles"

LIST = Operation(summary="List roles", tag="roles", use_case=ListRoles, shows=RolesShown)
CREATE = Operation(
    summary="Make a role",
    tag="roles",
    use_case=AddRole,
    body=RoleWanted,
    shows=RoleShown,
    status=201,
    refusals=(409, 422),
    note="A role that may more than whoever asks is refused with `grants_too_much`.",
)
READ = Operation(summary="Read a role", tag="roles", use_case=ShowRole, shows=RoleShown, refusals=(404,))
CHANGE = Operation(
    summary="Change a role's name, description or base",
    tag="roles",
    use_case=EditRole,
    body=RoleChanged,
    body_types=(MERGE_PATCH, "application/json"),
    example={"name": "Guest author"},
    shows=RoleShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396). All roles of a site share one version.",
)
DELETE = Operation(
    summary="Delete a role",
    tag="roles",
    use_case=DeleteRole,
    query=DeleteQuery,
    status=204,
    refusals=(404, 409, 422),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
    note="While people have it, `?move_to=` names the role that they get instead.",
)


@reads(ALL, LIST)
@inject
async def list_roles(request: ApiRequest, list_all: FromDishka[ListRoles]) -> Answer:
    roles, words = await list_all(), await words_for(request)
    model = RolesShown(items=[RoleShown.of(role, roles, words) for role in roles.roles])
    return reading.many(request, model, None)


@reads(ONE, READ)
@inject
async def read_role(request: ApiRequest, role: FromPath[str], show: FromDishka[ShowRole]) -> Answer:
    roles = await show(role)
    model = RoleShown.of(roles.role(role), roles, await words_for(request))
    return reading.one(request, model, tag=whole_tag(roles.version, written(model)))


@writes(HttpMethod.POST, ALL, CREATE)
@inject
async def create_role(
    request: ApiRequest,
    admission: FromDishka[Admission],
    add: FromDishka[AddRole],
    show: FromDishka[ShowRole],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_ROLES)
    wanted, raw = await json_body(request, RoleWanted)

    async def write() -> Answer:
        made = await add(name=wanted.name, base=wanted.base, description=wanted.description, key=wanted.key)
        return await _as_written(request, await show(made.key), made.key, location=f"{BASE}/{made.key}", status=201)

    return await repeats.once(request, raw, write)


@writes(HttpMethod.PATCH, ONE, CHANGE)
@inject
async def change_role(
    request: ApiRequest,
    role: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowRole],
    edit: FromDishka[EditRole],
) -> Answer:
    await admission.admit(Action.EDIT_ROLES)
    expected = required_version(request)
    before = await show(role)
    own = before.role(role).own
    current = (
        RoleChanged(name=own.name, base=own.base, description=own.description)
        if own
        else RoleChanged(name=role, base=role)
    )
    wanted = await patched(request, current)
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    version = before.version if expected is None else expected
    await edit(role, name=wanted.name, description=wanted.description, base=wanted.base, version=version)
    return await _as_written(request, await show(role), role)


@writes(HttpMethod.DELETE, ONE, DELETE)
@inject
async def delete_role(request: ApiRequest, role: FromPath[str], delete: FromDishka[DeleteRole]) -> Answer:
    wanted = query_of(request, DeleteQuery)
    await delete(role, version=optional_version(request), move_to=wanted.move_to)
    return gone()


async def _as_written(
    request: ApiRequest, roles: Roles, key: RoleKey, *, status: int = 200, location: str | None = None
) -> Answer:
    model = RoleShown.of(roles.role(key), roles, await words_for(request))
    return shown(model, tag=version_tag(roles.version), status=status, location=location)


HANDLERS = (list_roles, read_role, create_role, change_role, delete_role)
