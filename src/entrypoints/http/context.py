"""What is known of a request before Litestar sees it, kept in the ASGI scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.limits import Client
from core.quotas import Spent
from core.tenancy.entities import Hostname, Tenant

if TYPE_CHECKING:
    from litestar.types import Scope

_KEY = "terrace"


@dataclass(slots=True, kw_only=True)
class RequestFacts:
    """*client* is derived from the address after trusted proxies; *base_url* is the site's public address without a
    trailing slash; *reissued_cookie* is set when the session's cookie is due for a fresh spelling. Litestar sees
    HEAD as GET, *is_head* says which it was. *spent* is what the request took of the API's quotas."""

    request_id: str
    host: Hostname
    tenant: Tenant
    client: Client
    base_url: str
    is_head: bool = False
    reissued_cookie: str | None = None
    spent: tuple[Spent, ...] = ()


def keep_facts(scope: Scope, facts: RequestFacts) -> None:
    scope[_KEY] = facts  # type: ignore[literal-required]  # ASGI leaves further keys to the application


def facts_of(scope: Scope) -> RequestFacts:
    """The facts of the request; every request behind the host gate has them."""
    facts: RequestFacts = scope[_KEY]  # type: ignore[literal-required]  # see keep_facts
    return facts
