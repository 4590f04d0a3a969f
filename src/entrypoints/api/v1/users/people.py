"""Who belongs to the site."""

from collections.abc import Sequence
from typing import TypeVar

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.errors import NotFound, StaleVersion
from core.identity import UserId
from core.pagination import NumberedPage
from core.users.errors import UserNotFound
from core.users.people import Person
from core.users.use_cases.delete_user import DeleteUser
from core.users.use_cases.disable_user import DisableUser
from core.users.use_cases.enable_user import EnableUser
from core.users.use_cases.list_users import ListUsers
from core.users.use_cases.set_role import SetRole
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown, written
from entrypoints.api.bodies import json_body, no_body, optional_json_body
from entrypoints.api.etags import content_tag, is_meant
from entrypoints.api.models import Paging
from entrypoints.api.numbered import part_of
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.refusals import PreconditionMissing
from entrypoints.api.v1.users.people_models import DeleteUserWanted, UserRoleWanted, UserShown, UsersShown

ALL = "/users"
ONE = f"{ALL}/{{user_id:str}}"
T = TypeVar("T")

LIST = Operation(summary="List people", tag="users", use_case=ListUsers, query=Paging, shows=UsersShown)
READ = Operation(summary="Read about a person", tag="users", use_case=ListUsers, shows=UserShown, refusals=(404,))
SET_ROLE = Operation(
    summary="Give a person another role",
    tag="users",
    use_case=SetRole,
    body=UserRoleWanted,
    shows=UserShown,
    refusals=(404, 409, 422),
    precondition=Precondition.REQUIRED,
    note="A role that may more than whoever asks is refused with `grants_too_much`, the last owner with `last_owner`.",
)
DISABLE = Operation(
    summary="Shut a person out",
    tag="users",
    use_case=DisableUser,
    shows=UserShown,
    refusals=(404, 409),
    precondition=Precondition.REQUIRED,
)
ENABLE = Operation(
    summary="Let a person in again",
    tag="users",
    use_case=EnableUser,
    shows=UserShown,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
)
DELETE = Operation(
    summary="Delete a person",
    tag="users",
    use_case=DeleteUser,
    body=DeleteUserWanted,
    is_body_optional=True,
    status=204,
    refusals=(404, 409, 422),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)


@reads(ALL, LIST)
@inject
async def list_users(request: ApiRequest, list_all: FromDishka[ListUsers]) -> Answer:
    everybody = await list_all()

    async def ask(number: int, size: int) -> NumberedPage[Person]:
        return paged(everybody, number, size)

    part = await part_of(query_of(request, Paging), ask)
    model = UsersShown(items=[UserShown.of(person) for person in part.items], next_cursor=part.next_cursor)
    return reading.many(request, model, part.next_cursor)


@reads(ONE, READ)
@inject
async def read_user(request: ApiRequest, user_id: FromPath[str], list_all: FromDishka[ListUsers]) -> Answer:
    return reading.one(request, await _found(user_id, list_all))


@writes(HttpMethod.PUT, f"{ONE}/role", SET_ROLE)
@inject
async def set_role(
    request: ApiRequest,
    user_id: FromPath[str],
    admission: FromDishka[Admission],
    set_: FromDishka[SetRole],
    list_all: FromDishka[ListUsers],
) -> Answer:
    await admission.admit(Action.SET_ROLE)
    wanted, _ = await json_body(request, UserRoleWanted)
    await _refuse_stale(request, user_id, list_all, is_required=True)
    await set_(UserId(user_id), wanted.role)
    return await _as_written(user_id, list_all)


@writes(HttpMethod.PUT, f"{ONE}/suspension", DISABLE)
@inject
async def disable_user(
    request: ApiRequest,
    user_id: FromPath[str],
    admission: FromDishka[Admission],
    disable: FromDishka[DisableUser],
    list_all: FromDishka[ListUsers],
) -> Answer:
    await admission.admit(Action.DISABLE_USER)
    await no_body(request)
    await _refuse_stale(request, user_id, list_all, is_required=True)
    await disable(UserId(user_id))
    return await _as_written(user_id, list_all)


@writes(HttpMethod.DELETE, f"{ONE}/suspension", ENABLE)
@inject
async def enable_user(
    request: ApiRequest, user_id: FromPath[str], enable: FromDishka[EnableUser], list_all: FromDishka[ListUsers]
) -> Answer:
    await _refuse_stale(request, user_id, list_all, is_required=False)
    await enable(UserId(user_id))
    return await _as_written(user_id, list_all)


@writes(HttpMethod.DELETE, ONE, DELETE)
@inject
async def delete_user(
    request: ApiRequest,
    user_id: FromPath[str],
    admission: FromDishka[Admission],
    delete: FromDishka[DeleteUser],
    list_all: FromDishka[ListUsers],
) -> Answer:
    await admission.admit(Action.DELETE_USER)
    wanted = await optional_json_body(request, DeleteUserWanted)
    await _refuse_stale(request, user_id, list_all, is_required=False)
    await delete(UserId(user_id), heir=wanted.heir_id)
    return gone()


def paged(items: Sequence[T], number: int, size: int) -> NumberedPage[T]:
    """A part of what is all there. Raises NotFound beyond the end."""
    page = NumberedPage(
        items=tuple(items[(number - 1) * size : number * size]), number=number, size=size, total=len(items)
    )
    if page.is_out_of_range:
        raise NotFound
    return page


async def _found(user_id: str, list_all: ListUsers) -> UserShown:
    person = next((one for one in await list_all() if one.user.id == user_id), None)
    if person is None:
        raise UserNotFound
    return UserShown.of(person)


async def _refuse_stale(request: ApiRequest, user_id: str, list_all: ListUsers, *, is_required: bool) -> None:
    """Compare If-Match with what stands now, where whoever asks may see it."""
    if "if-match" not in request.headers:
        if is_required:
            raise PreconditionMissing
        return
    if request.headers["if-match"].strip() != "*":
        tag = content_tag(written(await _found(user_id, list_all)))
        if not is_meant(request, tag):
            raise StaleVersion(current=0)


async def _as_written(user_id: str, list_all: ListUsers) -> Answer:
    model = await _found(user_id, list_all)
    return shown(model, tag=content_tag(written(model)))


HANDLERS = (list_users, read_user, set_role, disable_user, enable_user, delete_user)
