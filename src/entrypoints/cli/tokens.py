"""`terrace tokens`: what programs act with at a site."""

from __future__ import annotations

from datetime import timedelta

import click
from dishka import AsyncContainer

from core.access import OPERATOR_ACTIONS, Action
from core.clock import Clock
from core.errors import Invalid, Problem
from core.identity import ApiTokenId
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from core.token_rights import NOT_BY_TOKEN
from core.users.api_tokens import OwnedToken, TokenWanted
from core.users.use_cases.create_token import CreateToken
from core.users.use_cases.list_tokens import ListTokens
from core.users.use_cases.revoke_token import RevokeToken
from core.users.use_cases.show_token import ShowToken
from entrypoints.cli.command import (
    Row,
    can_ask,
    json_option,
    messages,
    operator_command,
    print_fields,
    print_rows,
)

COLUMNS = ("id", "name", "user", "hint", "scopes", "is_draft_only", "created_at", "expires_at", "used_at")
SCOPES = sorted(action.value for action in Action if action not in OPERATOR_ACTIONS | NOT_BY_TOKEN)


@click.group()
def tokens() -> None:
    """API tokens of the people of a site."""


@tokens.command()
@click.argument("slug")
@click.option("--user", "email", required=True, help="The e-mail address of the member that it acts for.")
@click.option("--name", required=True, help="What it is for.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), required=True, multiple=True, help="May be repeated.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it is valid.")
@click.option("--draft-only", is_flag=True, help="Nothing that it does changes what is public.")
@json_option
@operator_command
async def create(
    container: AsyncContainer,
    slug: str,
    email: str,
    name: str,
    scopes: tuple[str, ...],
    days: int,
    draft_only: bool,
    as_json: bool,
) -> None:
    """Make a token for a member of the site SLUG and print it: this is the one time that it can be seen."""
    tenant = await (await container.get(ShowTenant))(slug)
    expires_at = (await container.get(Clock)).now() + timedelta(days=days)
    wanted = TokenWanted(
        name=name, scopes=frozenset(map(Action, scopes)), expires_at=expires_at, is_draft_only=draft_only
    )
    async with container({Tenant: tenant}) as at_site:
        created = await (await at_site.get(CreateToken))(wanted, of=email)
    fields = {"id": created.token.id, "token": created.secret, "name": created.token.name, "user": email}
    until = {"is_draft_only": draft_only, "expires_at": created.token.expires_at.isoformat()}
    print_fields({**fields, "scopes": sorted(scopes), **until}, as_json=as_json)


@tokens.command("list")
@click.argument("slug")
@json_option
@operator_command
async def list_(container: AsyncContainer, slug: str, as_json: bool) -> None:
    """Show the tokens of the site SLUG, the newest first, without those revoked."""
    tenant = await (await container.get(ShowTenant))(slug)
    rows: list[Row] = []
    async with container({Tenant: tenant}) as at_site:
        list_tokens = await at_site.get(ListTokens)
        page = await list_tokens()
        rows += map(_row, page.items)
        for number in range(2, page.last + 1):
            rows += map(_row, (await list_tokens(number)).items)
    print_rows(rows, COLUMNS, as_json=as_json, name="tokens")


@tokens.command()
@click.argument("slug")
@click.argument("token_id")
@click.option("--dry-run", is_flag=True, help="Only show the token.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@json_option
@operator_command
async def revoke(
    container: AsyncContainer, slug: str, token_id: str, dry_run: bool, is_sure: bool, as_json: bool
) -> None:
    """End the token TOKEN_ID of the site SLUG, and all that were made with it, at once and for good."""
    if not (dry_run or is_sure or can_ask()):
        raise Invalid(Problem.of("--yes", "nobody can be asked here: say --yes, or --dry-run to see the token"))
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        owned = await (await at_site.get(ShowToken))(ApiTokenId(token_id))
    if dry_run:
        print_fields({**_row(owned), "state": "live"}, as_json=as_json)
        return
    if not is_sure and not _is_wanted(owned):
        return
    async with container({Tenant: tenant}) as at_site:
        await (await at_site.get(RevokeToken))(owned.token.id)
    print_fields({**_row(owned), "state": "revoked"}, as_json=as_json)


def _is_wanted(owned: OwnedToken) -> bool:
    messages.print(f"“{owned.token.name}” of {owned.user_email}, trc_…{owned.token.hint}", markup=False)
    return click.confirm("Revoke it? This cannot be undone.", err=True)


def _row(owned: OwnedToken) -> Row:
    token = owned.token
    return {
        "id": token.id,
        "name": token.name,
        "user": owned.user_email,
        "hint": token.hint,
        "scopes": sorted(token.scopes),
        "is_draft_only": token.is_draft_only,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "used_at": token.used_at.isoformat() if token.used_at else None,
    }
