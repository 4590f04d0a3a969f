from __future__ import annotations

import click
from dishka import AsyncContainer

from core.identity import MEMBER_ROLES, Role
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from core.users.use_cases.invite_user import InviteUser
from entrypoints.cli.command import json_option, operator_command, print_fields
from entrypoints.cli.links import invitation_url


@click.group()
def users() -> None:
    """The people of a site."""


@users.command()
@click.argument("slug")
@click.option("--email", required=True)
@click.option("--role", type=click.Choice([role.value for role in MEMBER_ROLES]), required=True)
@click.option("--name", default="")
@json_option
@operator_command
async def invite(container: AsyncContainer, slug: str, email: str, role: str, name: str, as_json: bool) -> None:
    """Invite somebody to the site SLUG and print the link. An older open invitation of hers is revoked."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        invited = await (await at_site.get(InviteUser))(email, Role(role), name=name)
    url = await invitation_url(container, tenant, invited.token)
    fields = {"email": invited.invitation.email, "role": role, "invitation_url": url}
    print_fields({**fields, "expires_at": invited.invitation.expires_at.isoformat()}, as_json=as_json)
