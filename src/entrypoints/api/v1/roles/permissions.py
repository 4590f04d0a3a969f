from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action, Scope
from core.errors import Invalid, Problem
from core.identity import RoleKey
from core.policy import SITE_ACTIONS, is_settable
from core.roles.shown import RolesShown
from core.roles.use_cases.edit_permissions import EditPermissions
from core.roles.use_cases.explain_access import ExplainAccess
from core.roles.use_cases.preview_permissions import PreviewPermissions
from core.roles.use_cases.show_role import ShowRole
from core.text import N_
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown, written
from entrypoints.api.bodies import MERGE_PATCH, json_body
from entrypoints.api.etags import required_version, version_tag, whole_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.refusals import InvalidParameter
from entrypoints.api.v1.roles.models import (
    ExplanationQuery,
    ExplanationShown,
    PermissionsShown,
    PermissionsWanted,
    PreviewShown,
)
from entrypoints.api.validation import pointer
from entrypoints.api.words import words_for

ONE = "/roles/{role:str}/permissions"
UNKNOWN = N_("There is no such action.")

READ = Operation(
    summary="Read what a role may",
    tag="roles",
    use_case=ShowRole,
    shows=PermissionsShown,
    refusals=(404,),
)
REPLACE = Operation(
    summary="Decide what a role may",
    tag="roles",
    use_case=EditPermissions,
    body=PermissionsWanted,
    shows=PermissionsShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="What is not named is as the release gives it. Rights that whoever asks lacks are refused with "
    "`grants_too_much`.",
)
CHANGE = Operation(
    summary="Change some of what a role may",
    tag="roles",
    use_case=EditPermissions,
    body=PermissionsWanted,
    body_types=(MERGE_PATCH, "application/json"),
    shows=PermissionsShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="What is not named stays; `null` goes back to what the release gives.",
)
PREVIEW = Operation(
    summary="See what a change would allow and forbid",
    tag="roles",
    use_case=PreviewPermissions,
    body=PermissionsWanted,
    shows=PreviewShown,
    refusals=(404, 409, 422),
    has_etag=False,
    note="Nothing is saved; the body is as for PATCH.",
)
EXPLAIN = Operation(
    summary="Ask why something is allowed or not",
    tag="roles",
    use_case=ExplainAccess,
    query=ExplanationQuery,
    shows=ExplanationShown,
    refusals=(400, 404),
)


@reads(ONE, READ)
@inject
async def read_permissions(request: ApiRequest, role: FromPath[str], show: FromDishka[ShowRole]) -> Answer:
    roles = await show(role)
    model = PermissionsShown.of(role, roles, await words_for(request))
    return reading.one(request, model, tag=whole_tag(roles.version, written(model)))


@writes(HttpMethod.PUT, ONE, REPLACE)
@inject
async def replace_permissions(
    request: ApiRequest,
    role: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowRole],
    edit: FromDishka[EditPermissions],
) -> Answer:
    await admission.admit(Action.EDIT_ROLES)
    version = required_version(request)
    wanted, _ = await json_body(request, PermissionsWanted)
    roles = await show(role)
    everything = {action: roles.default(role, action) for action in SITE_ACTIONS if is_settable(role, action)}
    await edit(role, everything | _chosen(wanted, role, roles), version=version)
    return await _as_written(request, await show(role), role)


@writes(HttpMethod.PATCH, ONE, CHANGE)
@inject
async def change_permissions(
    request: ApiRequest,
    role: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowRole],
    edit: FromDishka[EditPermissions],
) -> Answer:
    await admission.admit(Action.EDIT_ROLES)
    version = required_version(request)
    wanted, _ = await json_body(request, PermissionsWanted, MERGE_PATCH)
    await edit(role, _chosen(wanted, role, await show(role)), version=version)
    return await _as_written(request, await show(role), role)


@writes(HttpMethod.POST, f"{ONE}/preview", PREVIEW)
@inject
async def preview_permissions(
    request: ApiRequest,
    role: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowRole],
    preview: FromDishka[PreviewPermissions],
) -> Answer:
    await admission.admit(Action.EDIT_ROLES)
    wanted, _ = await json_body(request, PermissionsWanted)
    told = await preview(role, _chosen(wanted, role, await show(role)))
    return shown(PreviewShown.of(told, await words_for(request)))


@reads("/access/explanations", EXPLAIN)
@inject
async def explain_access(request: ApiRequest, explain: FromDishka[ExplainAccess]) -> Answer:
    asked = query_of(request, ExplanationQuery)
    try:
        action = Action(asked.action)
    except ValueError as error:
        raise InvalidParameter(Problem.of("/action", UNKNOWN)) from error
    told = await explain(action, resource=asked.resource, user=asked.user, role=asked.role)
    return reading.one(request, ExplanationShown.of(told, await words_for(request)))


def _chosen(wanted: PermissionsWanted, role: RoleKey, roles: RolesShown) -> dict[Action, Scope]:
    known = {action.value: action for action in Action}
    unknown = [name for name in wanted.permissions if name not in known]
    if unknown:
        raise Invalid(*(Problem.of(pointer("permissions", name), UNKNOWN) for name in unknown))
    return {
        known[name]: roles.default(role, known[name]) if reach is None else Scope(reach)
        for name, reach in wanted.permissions.items()
    }


async def _as_written(request: ApiRequest, roles: RolesShown, key: RoleKey) -> Answer:
    return shown(PermissionsShown.of(key, roles, await words_for(request)), tag=version_tag(roles.version))


HANDLERS = (read_permissions, replace_permissions, change_permissions, preview_permissions, explain_access)
