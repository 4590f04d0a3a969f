"""Addresses that commands print."""

from __future__ import annotations

from dishka import AsyncContainer

from core.tenancy.entities import Tenant
from entrypoints.http.options import HttpOptions


async def site_url(container: AsyncContainer, tenant: Tenant) -> str:
    """The site's public address; locally every site answers at its slug."""
    options = await container.get(HttpOptions)
    return options.site_url(f"{tenant.slug}.localhost" if options.is_local else tenant.primary_host)


async def invitation_url(container: AsyncContainer, tenant: Tenant, token: str) -> str:
    """The page on which whoever has *token* accepts."""
    return f"{await site_url(container, tenant)}/invitations/{token}"
