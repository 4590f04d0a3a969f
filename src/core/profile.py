"""What every request needs to know of its site, kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from core.policy import SitePolicy
from core.security import SecurityRules
from core.site.entities import SiteSettings
from core.tenancy.entities import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantProfile:
    """The site's settings, its own roles and where it departs from the release's policy, what it asks of those who sign
    in."""

    site: SiteSettings
    policy: SitePolicy
    security: SecurityRules = field(default_factory=SecurityRules)


class TenantProfiles(Protocol):
    async def get(self, tenant: Tenant) -> TenantProfile:
        """From memory, or with one query; follows committed changes of all workers within a second.

        Raises Unavailable when the database does not answer.
        """
        ...
