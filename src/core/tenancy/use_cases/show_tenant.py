from dataclasses import dataclass

from core.access import Access, Action
from core.tenancy.entities import Tenant
from core.tenancy.errors import TenantNotFound
from core.tenancy.storage import TenantRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTenant:
    """The operator sees one site. Refused with TenantNotFound."""

    access: Access
    registry: TenantRegistry

    async def __call__(self, slug: str) -> Tenant:
        self.access.require(Action.SHOW_TENANT)
        tenant = await self.registry.find(slug)
        if tenant is None:
            raise TenantNotFound(slug=slug)
        return tenant
