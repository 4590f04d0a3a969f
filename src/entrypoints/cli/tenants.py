from __future__ import annotations

import click
from dishka import AsyncContainer

from core.tenancy.directory import Hostnames
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.list_tenants import ListTenants
from core.tenancy.use_cases.provision_tenant import ProvisionTenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from entrypoints.cli.apply import apply, plan
from entrypoints.cli.command import Row, json_option, operator_command, print_fields, print_rows, registry_command
from entrypoints.cli.links import site_url
from entrypoints.cli.provisioned import provisioned_fields
from entrypoints.cli.site_codes import site_code


@click.group()
def tenants() -> None:
    """The sites of this deployment."""


tenants.add_command(plan)
tenants.add_command(apply)


@tenants.command()
@click.argument("slug")
@click.option("--host", "hosts", multiple=True, required=True, help="A hostname; the first one is the primary.")
@click.option("--title", required=True)
@click.option("--owner", "owner_email", required=True, help="The owner's e-mail address.")
@click.option("--locale", type=click.Choice(["en", "ru"]), default="en", show_default=True)
@click.option("--if-not-exists", is_flag=True, help="Succeed when the site is there already.")
@json_option
@operator_command
async def create(
    container: AsyncContainer,
    slug: str,
    hosts: tuple[str, ...],
    title: str,
    owner_email: str,
    locale: str,
    if_not_exists: bool,
    as_json: bool,
) -> None:
    """Make the site SLUG and print its owner's invitation link. After an interruption, repeat it: it finishes."""
    hostnames = await container.get(Hostnames)
    code = site_code(
        slug=slug,
        hosts=tuple(hostnames.normalise(host) for host in hosts),
        title=title,
        locale=locale,
        owner_email=owner_email,
    )
    provisioned = await (await container.get(ProvisionTenant))(code, if_not_exists=if_not_exists)
    print_fields(await provisioned_fields(container, provisioned), as_json=as_json)


@tenants.command("list")
@json_option
@registry_command
async def list_(container: AsyncContainer, as_json: bool) -> None:
    """List all sites."""
    found = await (await container.get(ListTenants))()
    rows = [tenant_fields(tenant) for tenant in found]
    print_rows(rows, ("slug", "state", "hosts", "schema", "schema_version"), as_json=as_json, name="tenants")


@tenants.command()
@click.argument("slug")
@json_option
@registry_command
async def show(container: AsyncContainer, slug: str, as_json: bool) -> None:
    """Show the site SLUG: its state, names and hosts."""
    tenant = await (await container.get(ShowTenant))(slug)
    print_fields({**tenant_fields(tenant), "url": await site_url(container, tenant)}, as_json=as_json)


def tenant_fields(tenant: Tenant) -> Row:
    return {
        "slug": tenant.slug,
        "state": tenant.state.value,
        "hosts": list(tenant.hosts),
        "schema": tenant.schema,
        "bucket": tenant.bucket,
        "schema_version": tenant.schema_version,
        "created_at": tenant.created_at.isoformat(),
    }
