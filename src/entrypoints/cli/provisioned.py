"""What `create` and `apply` say of one site."""

from __future__ import annotations

from dishka import AsyncContainer

from core.tenancy.use_cases.provision_tenant import ProvisionedTenant
from entrypoints.cli.command import Row
from entrypoints.cli.links import invitation_url, site_url

PROVISIONED_FIELDS = ("slug", "is_new", "state", "url", "primary_host", "owner_email", "invitation_url")


async def provisioned_fields(container: AsyncContainer, provisioned: ProvisionedTenant) -> Row:
    """The site's addresses, and the owner's invitation as long as she has not accepted."""
    tenant, invitation = provisioned.tenant, provisioned.invitation
    link = await invitation_url(container, tenant, invitation.token) if invitation.token else None
    return {
        "slug": tenant.slug,
        "is_new": provisioned.is_new,
        "state": tenant.state.value,
        "url": await site_url(container, tenant),
        "primary_host": tenant.primary_host,
        "owner_email": invitation.email,
        "invitation_url": link,
    }
