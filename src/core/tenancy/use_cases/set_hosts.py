from dataclasses import dataclass, replace

from core.access import Access, Action
from core.tenancy.entities import Hostname, Tenant
from core.tenancy.errors import TenantNotFound
from core.tenancy.storage import TenantRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHosts:
    """The operator decides which hostnames lead to a site, the first being its primary.

    Refused with TenantNotFound or HostTaken; unchanged when they already do.
    """

    access: Access
    registry: TenantRegistry

    async def __call__(self, slug: str, hosts: tuple[Hostname, ...]) -> Tenant:
        self.access.require(Action.APPLY_SITE)
        tenant = await self.registry.find(slug)
        if tenant is None:
            raise TenantNotFound(slug=slug)
        if tenant.hosts == hosts:
            return tenant
        changed = replace(tenant, hosts=hosts)
        await self.registry.set_hosts(changed)
        return changed
