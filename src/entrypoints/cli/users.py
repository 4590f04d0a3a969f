from __future__ import annotations

import click
from dishka import AsyncContainer

from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from core.users.entities import User, normalised_email
from core.users.errors import UserNotFound
from core.users.people import Person
from core.users.use_cases.disable_user import DisableUser
from core.users.use_cases.enable_user import EnableUser
from core.users.use_cases.invite_user import InviteUser
from core.users.use_cases.list_users import ListUsers
from core.users.use_cases.reset_factors import ResetFactors
from core.users.use_cases.set_role import SetRole
from entrypoints.cli.command import json_option, operator_command, print_fields, print_rows
from entrypoints.cli.links import invitation_url

COLUMNS = ("email", "name", "role", "is_disabled", "seen_at")


@click.group()
def users() -> None:
    """The people of a site."""


@users.command()
@click.argument("slug")
@click.option("--email", required=True)
@click.option("--role", required=True, help="One of the site's roles.")
@click.option("--name", default="")
@json_option
@operator_command
async def invite(container: AsyncContainer, slug: str, email: str, role: str, name: str, as_json: bool) -> None:
    """Invite somebody to the site SLUG and print the link. An older open invitation of hers is revoked."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        invited = await (await at_site.get(InviteUser))(email, role, name=name)
    url = await invitation_url(container, tenant, invited.token)
    fields = {"email": invited.invitation.email, "role": role, "invitation_url": url}
    print_fields({**fields, "expires_at": invited.invitation.expires_at.isoformat()}, as_json=as_json)


@users.command("list")
@click.argument("slug")
@json_option
@operator_command
async def list_(container: AsyncContainer, slug: str, as_json: bool) -> None:
    """The people of the site SLUG."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        people = await (await at_site.get(ListUsers))()
    print_rows([_row(person) for person in people], COLUMNS, as_json=as_json, name="users")


@users.command("set-role")
@click.argument("slug")
@click.option("--email", required=True)
@click.option("--role", required=True, help="One of the site's roles; `terrace access explain` tells what it may do.")
@json_option
@operator_command
async def set_role(container: AsyncContainer, slug: str, email: str, role: str, as_json: bool) -> None:
    """Give somebody of the site SLUG another role. The last owner stays one."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        found = await _known(at_site, email)
        changed = await (await at_site.get(SetRole))(found.id, role)
    print_fields(_shown(changed), as_json=as_json)


@users.command()
@click.argument("slug")
@click.option("--email", required=True)
@json_option
@operator_command
async def disable(container: AsyncContainer, slug: str, email: str, as_json: bool) -> None:
    """Shut somebody out of the site SLUG: her sessions and tokens end at once, what she wrote stays."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        found = await _known(at_site, email)
        disabled = await (await at_site.get(DisableUser))(found.id)
    print_fields(_shown(disabled), as_json=as_json)


@users.command()
@click.argument("slug")
@click.option("--email", required=True)
@json_option
@operator_command
async def enable(container: AsyncContainer, slug: str, email: str, as_json: bool) -> None:
    """Let somebody into the site SLUG again who was shut out."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        found = await _known(at_site, email)
        enabled = await (await at_site.get(EnableUser))(found.id)
    print_fields(_shown(enabled), as_json=as_json)


@users.command("reset-factor")
@click.argument("slug")
@click.argument("email")
@json_option
@operator_command
async def reset_factor(container: AsyncContainer, slug: str, email: str, as_json: bool) -> None:
    """Take app, passkeys and recovery codes from EMAIL of the site SLUG, the last way in for whoever has lost them. Her
    sessions end, and the password alone signs in again. A letter tells her."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        found = await _known(at_site, email)
        reset = await (await at_site.get(ResetFactors))(found.id)
    print_fields(_shown(reset), as_json=as_json)


async def _known(at_site: AsyncContainer, email: str) -> User:
    """Raises UserNotFound."""
    people = await (await at_site.get(ListUsers))()
    found = next((person.user for person in people if person.user.email == normalised_email(email)), None)
    if found is None:
        raise UserNotFound
    return found


def _row(person: Person) -> dict[str, str | bool | None]:
    return {**_shown(person.user), "seen_at": person.seen_at.isoformat() if person.seen_at else None}


def _shown(user: User) -> dict[str, str | bool | None]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "is_disabled": not user.is_enabled,
    }
