from __future__ import annotations

from typing import Protocol

from core.tenancy.entities import Hostname, Tenant


class Hostnames(Protocol):
    def normalise(self, text: str) -> Hostname:
        """*text* (a Host header or what an operator typed) without port and trailing dot, in small letters and
        A-labels (IDNA 2008, RFC 5891; UTS 46 mapping). Raises InvalidHostname."""
        ...


class TenantDirectory(Protocol):
    """All hosts and tenants, in memory; follows the platform's tables within a second."""

    def find_by_host(self, host: Hostname) -> Tenant | None:
        """The tenant that answers at exactly *host*, by its primary name or an alias."""
        ...

    def find_by_slug(self, slug: str) -> Tenant | None: ...

    def is_behind(self, tenant: Tenant) -> bool:
        """Whether the tenant's schema lacks migrations that this release needs."""
        ...
