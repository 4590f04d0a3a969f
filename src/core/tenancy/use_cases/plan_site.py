from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.access import Access, Action
from core.tenancy.entities import SiteCode, TenantState
from core.tenancy.storage import SiteSeeds, TenantRegistry


class SiteChange(StrEnum):
    CREATE = "create"
    FINISH = "finish"
    CHANGE_HOSTS = "change_hosts"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """What applying would change, and in what the running site has drifted from its folder (left as it is)."""

    slug: str
    change: SiteChange
    hosts_before: Sequence[str]
    hosts_after: Sequence[str]
    drift: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSite:
    """The operator sees what applying a site's folder would change. Changes nothing."""

    access: Access
    registry: TenantRegistry
    seeds: SiteSeeds

    async def __call__(self, code: SiteCode) -> SitePlan:
        self.access.require(Action.APPLY_SITE)
        tenant = await self.registry.find(code.slug)
        if tenant is None:
            return self._plan(code, SiteChange.CREATE, (), ())
        if tenant.state is TenantState.PROVISIONING:
            return self._plan(code, SiteChange.FINISH, tenant.hosts, ())
        drift = await self.seeds.drift(tenant, code)
        change = SiteChange.NONE if tenant.hosts == code.hosts else SiteChange.CHANGE_HOSTS
        return self._plan(code, change, tenant.hosts, drift)

    def _plan(self, code: SiteCode, change: SiteChange, before: Sequence[str], drift: Sequence[str]) -> SitePlan:
        return SitePlan(slug=code.slug, change=change, hosts_before=before, hosts_after=code.hosts, drift=drift)
