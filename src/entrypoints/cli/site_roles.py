"""Roles beyond the default, as a site's folder names them."""

from __future__ import annotations

from dishka import AsyncContainer
from pydantic import Field

from core.access import Action, Scope
from core.policy import SiteRole
from core.roles.use_cases.plant_role import PlantRole
from core.tenancy.entities import Tenant
from entrypoints.cli.code_models import Strict


class RoleCode(Strict):
    """One of tenant.toml's roles: what *base* may, but for the *permissions*."""

    key: str
    name: str
    description: str = ""
    base: str
    permissions: dict[Action, Scope] = Field(default_factory=dict)


async def plant_roles(container: AsyncContainer, tenant: Tenant, roles: tuple[RoleCode, ...]) -> int:
    """Add the roles that the site has not. Return how many."""
    added = 0
    for code in roles:
        role = SiteRole(key=code.key, name=code.name, description=code.description, base=code.base)
        async with container({Tenant: tenant}) as at_site:
            added += await (await at_site.get(PlantRole))(role, code.permissions)
    return added
