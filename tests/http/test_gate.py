"""The gate alone: sites that are not served, and proxies that speak for others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from core.tenancy.entities import Hostname, Tenant, TenantId, TenantState
from entrypoints.http.addresses import TrustedProxies
from entrypoints.http.context import facts_of
from entrypoints.http.envelope import loggable
from entrypoints.http.hosts import HostGate
from entrypoints.http.options import HttpOptions
from services.idna_hostnames import IdnaHostnames

ANNA = Tenant(
    id=TenantId("a"),
    slug="anna",
    prefix="t",
    state=TenantState.ACTIVE,
    hosts=(Hostname("anna.example"), Hostname("www.anna.example")),
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)
BORIS = replace(ANNA, id=TenantId("b"), slug="boris", hosts=(Hostname("boris.example"),))


class Directory:
    def __init__(self, *tenants: Tenant, behind: tuple[str, ...] = ()) -> None:
        self._tenants = tenants
        self._behind = behind

    def find_by_host(self, host: Hostname) -> Tenant | None:
        return next((tenant for tenant in self._tenants if host in tenant.hosts), None)

    def find_by_slug(self, slug: str) -> Tenant | None:
        return next((tenant for tenant in self._tenants if tenant.slug == slug), None)

    def is_behind(self, tenant: Tenant) -> bool:
        return tenant.slug in self._behind

    def list_behind(self) -> list[Tenant]:
        return [tenant for tenant in self._tenants if self.is_behind(tenant)]


class Noted:
    """Stands behind the gate and beside it: notes what came through and what was refused."""

    def __init__(self) -> None:
        self.scope: Any = None
        self.refused = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope = scope

    async def refuse(self, scope: Any, send: Any, status: int) -> None:
        self.refused = status

    async def point_to(self, scope: Any, send: Any, url: str) -> None:
        self.refused = 421


class Plain:
    def key(self, address: str) -> str:
        return f"key of {address}"


Gate = Callable[..., HostGate]


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def gate(noted: Noted) -> Gate:
    def make(directory: Directory, *proxies: str) -> HostGate:
        options = HttpOptions(
            is_local=False, public_url="https://{host}", trusted_proxies=proxies, ops_host="127.0.0.1", ops_port=1
        )
        return HostGate(
            app=noted,
            options=options,
            directory=directory,
            hostnames=IdnaHostnames(),
            proxies=TrustedProxies(proxies),
            client_keys=Plain(),
            refusals=noted,  # type: ignore[arg-type]  # refuses like the real one, without pages
        )

    return make


async def ask(gate: HostGate, host: str, *headers: tuple[bytes, bytes]) -> None:
    async def nothing(*_: Any) -> Any:
        raise AssertionError("the gate itself answers nothing here")

    scope: Any = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "client": ("10.0.0.1", 1),
        "headers": [(b"host", host.encode()), (b"x-request-id", b"abcdefgh"), *headers],
    }
    await gate(scope, nothing, nothing)


async def test_a_site_is_let_through_with_its_facts(gate: Gate, noted: Noted) -> None:
    await ask(gate(Directory(ANNA)), "ANNA.example:443", (b"user-agent", b"curl"))
    facts = facts_of(noted.scope)
    assert (facts.tenant, facts.host, facts.base_url) == (ANNA, "anna.example", "https://anna.example")
    assert (facts.client.key, facts.client.user_agent) == ("key of 10.0.0.1", "curl")
    assert (facts.request_id, facts.is_head) == ("abcdefgh", False)


async def test_a_site_that_is_behind_is_away_on_its_own_hosts_only(gate: Gate, noted: Noted) -> None:
    house = gate(Directory(ANNA, BORIS, behind=("boris",)))
    await ask(house, "boris.example")
    assert noted.refused == 503
    assert noted.scope is None
    await ask(house, "anna.example")
    assert noted.scope is not None


@pytest.mark.parametrize("state", [TenantState.PROVISIONING, TenantState.SUSPENDED])
async def test_a_site_that_is_not_active_is_unknown(gate: Gate, noted: Noted, state: TenantState) -> None:
    await ask(gate(Directory(replace(ANNA, state=state))), "anna.example")
    assert noted.refused == 421


async def test_a_trusted_proxy_speaks_for_the_visitor_but_never_for_the_host(gate: Gate, noted: Noted) -> None:
    claims = ((b"x-forwarded-for", b"1.2.3.4"), (b"x-forwarded-host", b"boris.example"))
    await ask(gate(Directory(ANNA, BORIS), "10.0.0.0/8"), "anna.example", *claims)
    assert (facts_of(noted.scope).tenant, facts_of(noted.scope).client.key) == (ANNA, "key of 1.2.3.4")
    await ask(gate(Directory(ANNA, BORIS), "10.9.9.9"), "anna.example", *claims)
    assert (facts_of(noted.scope).tenant, facts_of(noted.scope).client.key) == (ANNA, "key of 10.0.0.1")


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/blog/hello", "/blog/hello"),
        ("/invitations/secret-token", "/invitations/-"),
        ("/email-change/claims.code", "/email-change/-"),
        ("/invitations/a\nb/c", "/invitations/-"),
        ("/a\nfake line", "/a%0Afake%20line"),
        ("/\x1b[31m", "/%1B%5B31m"),
        ("/блог", "/%D0%B1%D0%BB%D0%BE%D0%B3"),
    ],
)
def test_a_logged_path_holds_no_secret_and_no_line_of_its_own(path: str, logged: str) -> None:
    assert loggable(path) == logged
