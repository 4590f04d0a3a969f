"""The house's front door: which site a request is for, decided before anything else runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from litestar.types import HTTPScope, Receive, Send

from core.errors import Invalid
from core.identity import ANONYMOUS
from core.limits import Client
from core.tenancy.directory import Hostnames, TenantDirectory
from core.tenancy.entities import Hostname, Tenant, TenantState
from entrypoints.http.addresses import ClientKeys, TrustedProxies
from entrypoints.http.context import RequestFacts, keep_facts
from entrypoints.http.options import HttpOptions
from entrypoints.http.protocol import AUTHORITY
from entrypoints.http.refusals import Refusals
from entrypoints.http.request_ids import HEADER
from entrypoints.http.sending import HttpApp, answer, header, headers_named
from entrypoints.http.slashes import NEVER_MOVED, OneHop, at

_NO_CACHE = (b"cache-control", b"no-cache")


class BadRequest(Exception):
    """The request contradicts itself or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostGate:
    """Lets through what is addressed to a site by its primary name, with the facts of the request; answers the rest."""

    app: HttpApp
    options: HttpOptions
    directory: TenantDirectory
    hostnames: Hostnames
    proxies: TrustedProxies
    client_keys: ClientKeys
    refusals: Refusals

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        try:
            host = self._host(scope)
            tenant = self.directory.find_by_host(host) if host else None
            if host is None or tenant is None or tenant.state is not TenantState.ACTIVE:
                await self.refusals.refuse(scope, send, 421)
                return
            check_readable(scope)
        except BadRequest:
            await self.refusals.refuse(scope, send, 400)
            return
        # Whoever asks is nobody until a token proves otherwise, also on the lines of those whose token proves nothing.
        structlog.contextvars.bind_contextvars(tenant=tenant.slug, actor=ANONYMOUS.role)
        if self.directory.is_behind(tenant):
            await self.refusals.refuse(scope, send, 503)
        elif host != tenant.primary_host:
            await self._point_to_primary(scope, send, tenant)
        elif (canonical := _canonical_path(scope)) is not None:
            await self._redirect(scope, receive, send, canonical, self._facts(scope, host, tenant))
        elif _hides_slashes(scope):
            await self.refusals.refuse(scope, send, 404)
        else:
            keep_facts(scope, self._facts(scope, host, tenant))
            await self.app(scope, receive, send)

    def _host(self, scope: HTTPScope) -> Hostname | None:
        """The normalised name, None when it cannot be one. Raises BadRequest when there is not exactly one."""
        given = headers_named(scope, b"host")
        if len(given) != 1 or not given[0]:
            raise BadRequest
        extensions: dict[str, Any] = scope.get("extensions") or {}
        authority = extensions.get(AUTHORITY)
        if authority is not None and not self._is_same(authority["value"], given[0], scope):
            raise BadRequest
        return self._normalised(given[0])

    def _normalised(self, text: bytes) -> Hostname | None:
        try:
            return self.hostnames.normalise(text.decode("utf-8"))
        except (Invalid, UnicodeDecodeError):
            return None

    def _is_same(self, authority: bytes, host: bytes, scope: HTTPScope) -> bool:
        one, other = self._normalised(authority), self._normalised(host)
        return one is not None and one == other and _port(authority, scope) == _port(host, scope)

    def _facts(self, scope: HTTPScope, host: Hostname, tenant: Tenant) -> RequestFacts:
        key = self.client_keys.key(self.proxies.client_address(scope))
        agent = (header(scope, b"user-agent") or b"").decode("latin-1")
        return RequestFacts(
            request_id=(header(scope, HEADER) or b"").decode("ascii"),
            host=host,
            tenant=tenant,
            client=Client(key=key, user_agent=agent),
            base_url=self.options.site_url(tenant.primary_host),
            is_head=bool(scope.get("terrace.is_head")),
        )

    async def _point_to_primary(self, scope: HTTPScope, send: Send, tenant: Tenant) -> None:
        url = self.options.site_url(tenant.primary_host)
        if scope["method"] != "GET":
            await self.refusals.point_to(scope, send, url)
            return
        location = url.encode() + (_canonical_path(scope) or _raw_path(scope)) + _query(scope)
        await answer(send, 308, [(b"location", location), _NO_CACHE])

    async def _redirect(self, scope: HTTPScope, receive: Receive, send: Send, path: bytes, facts: RequestFacts) -> None:
        """A form or a program's write is never sent elsewhere: it gets to know that there is nothing here. A link is
        led to where its text is by now."""
        if scope["method"] != "GET":
            await self.refusals.refuse(scope, send, 404)
            return
        asked, location = at(scope, path), path + _query(scope)
        if asked["path"].startswith(NEVER_MOVED):
            await answer(send, 308, [(b"location", location), _NO_CACHE])
            return
        keep_facts(asked, facts)
        await self.app(asked, receive, OneHop(send, location))


def check_readable(scope: HTTPScope) -> None:
    """Raise BadRequest when path or query hold NUL or what is not UTF-8, plain or percent-encoded."""
    for part in (_raw_path(scope), scope["query_string"]):
        decoded = unquote_to_bytes(part) if b"%" in part else part
        if b"\x00" in decoded:
            raise BadRequest
        if not decoded.isascii():
            try:
                decoded.decode("utf-8")
            except UnicodeDecodeError:
                raise BadRequest from None


def _canonical_path(scope: HTTPScope) -> bytes | None:
    """The path without trailing and doubled slashes, or None when it has none."""
    path = _raw_path(scope)
    if path == b"/" or not (path.endswith(b"/") or b"//" in path):
        return None
    return b"/" + b"/".join(part for part in path.split(b"/") if part)


def _hides_slashes(scope: HTTPScope) -> bool:
    """Whether a part of the path is nothing but encoded slashes. The router would drop it, and DELETE of a thing
    without a name would become DELETE of all of them."""
    path = scope["path"]
    return b"%" in _raw_path(scope) and path != "/" and (path.endswith("/") or "//" in path)


def _raw_path(scope: HTTPScope) -> bytes:
    return scope.get("raw_path") or scope["path"].encode()


def _query(scope: HTTPScope) -> bytes:
    query = scope["query_string"]
    return b"?" + query if query else b""


def _port(authority: bytes, scope: HTTPScope) -> bytes:
    rest = authority.rpartition(b"]")[2] if authority.startswith(b"[") else authority
    port = rest.partition(b":")[2]
    return port or (b"443" if scope["scheme"] == "https" else b"80")
