from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.tenancy.entities import Tenant
from core.tenancy.storage import TenantRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTenants:
    """The operator sees all sites, whatever their state."""

    access: Access
    registry: TenantRegistry

    async def __call__(self) -> Sequence[Tenant]:
        self.access.require(Action.LIST_TENANTS)
        return await self.registry.list_all()
