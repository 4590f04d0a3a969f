"""Who is invited and has not come yet."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.pagination import NumberedPage
from core.tenancy.entities import Tenant
from core.users.entities import InvitationId
from core.users.people import OpenInvitation
from core.users.use_cases.invite_user import InviteUser
from core.users.use_cases.list_invitations import ListInvitations
from core.users.use_cases.resend_invitation import ResendInvitation
from core.users.use_cases.revoke_invitation import RevokeInvitation
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import json_body, no_body
from entrypoints.api.models import Paging
from entrypoints.api.numbered import part_of
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.users.people import paged
from entrypoints.api.v1.users.people_models import InvitationShown, InvitationsShown, InvitationWanted
from entrypoints.http.options import HttpOptions

BASE = "/api/v1/invitations"
ALL = "/invitations"
ONE = f"{ALL}/{{invitation_id:str}}"

LIST = Operation(
    summary="List open invitations", tag="users", use_case=ListInvitations, query=Paging, shows=InvitationsShown
)
CREATE = Operation(
    summary="Invite a person",
    tag="users",
    use_case=InviteUser,
    body=InvitationWanted,
    shows=InvitationShown,
    status=201,
    refusals=(422,),
    has_etag=False,
    note="A role that may more than whoever asks is refused with `grants_too_much`.",
)
SEND = Operation(
    summary="Send an invitation again",
    tag="users",
    use_case=ResendInvitation,
    shows=InvitationShown,
    refusals=(404,),
    has_etag=False,
)
REVOKE = Operation(
    summary="Take an invitation back",
    tag="users",
    use_case=RevokeInvitation,
    status=204,
    refusals=(404,),
    has_etag=False,
)


@reads(ALL, LIST)
@inject
async def list_invitations(
    request: ApiRequest,
    list_open: FromDishka[ListInvitations],
    tenant: FromDishka[Tenant],
    options: FromDishka[HttpOptions],
) -> Answer:
    waiting = await list_open()

    async def ask(number: int, size: int) -> NumberedPage[OpenInvitation]:
        return paged(waiting, number, size)

    part = await part_of(query_of(request, Paging), ask)
    base_url = options.site_url(tenant.primary_host)
    items = [InvitationShown.of(one, base_url) for one in part.items]
    return reading.many(request, InvitationsShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@writes(HttpMethod.POST, ALL, CREATE)
@inject
async def create_invitation(
    request: ApiRequest,
    admission: FromDishka[Admission],
    invite: FromDishka[InviteUser],
    repeats: FromDishka[Repeats],
    tenant: FromDishka[Tenant],
    options: FromDishka[HttpOptions],
) -> Answer:
    await admission.admit(Action.INVITE_USER)
    wanted, raw = await json_body(request, InvitationWanted)

    async def write() -> Answer:
        invited = await invite(wanted.email, wanted.role, name=wanted.name)
        one = OpenInvitation(invitation=invited.invitation, token=invited.token)
        model = InvitationShown.of(one, options.site_url(tenant.primary_host))
        return shown(model, status=201, location=f"{BASE}/{invited.invitation.id}")

    return await repeats.once_sealed(request, raw, write)


@writes(HttpMethod.POST, f"{ONE}/letters", SEND)
@inject
async def send_invitation(
    request: ApiRequest,
    invitation_id: FromPath[str],
    admission: FromDishka[Admission],
    resend: FromDishka[ResendInvitation],
    repeats: FromDishka[Repeats],
    tenant: FromDishka[Tenant],
    options: FromDishka[HttpOptions],
) -> Answer:
    await admission.admit(Action.INVITE_USER)
    raw = await no_body(request)

    async def write() -> Answer:
        one = await resend(InvitationId(invitation_id))
        return shown(InvitationShown.of(one, options.site_url(tenant.primary_host)))

    return await repeats.once_sealed(request, raw, write)


@writes(HttpMethod.DELETE, ONE, REVOKE)
@inject
async def revoke_invitation(invitation_id: FromPath[str], revoke: FromDishka[RevokeInvitation]) -> Answer:
    await revoke(InvitationId(invitation_id))
    return gone()


HANDLERS = (list_invitations, create_invitation, send_invitation, revoke_invitation)
