"""Where a request comes from, once proxies are taken into account."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

from litestar.types import HTTPScope

from entrypoints.http.sending import headers_named


class ClientKeys(Protocol):
    """Stands in for addresses: equal for one client, nothing that leads back to it."""

    def key(self, address: str) -> str: ...


class TrustedProxies:
    """Which peers may speak for others: addresses and networks. From anybody else X-Forwarded-* is hearsay."""

    def __init__(self, proxies: tuple[str, ...]) -> None:
        self._networks: tuple[IPv4Network | IPv6Network, ...] = tuple(
            ip_network(text, strict=False) for text in proxies
        )

    def speaks_for_others(self, scope: HTTPScope) -> bool:
        return bool(self._networks) and self._is_trusted(_peer(scope))

    def client_address(self, scope: HTTPScope) -> str:
        """The peer, or what the trusted proxies say: the last address in X-Forwarded-For that is none of them."""
        address = _peer(scope)
        if not self.speaks_for_others(scope):
            return address
        named = b",".join(headers_named(scope, b"x-forwarded-for")).decode("latin-1")
        for candidate in reversed([part.strip() for part in named.split(",") if part.strip()]):
            if not _is_address(candidate):
                break
            address = candidate
            if not self._is_trusted(candidate):
                break
        return address

    def _is_trusted(self, address: str) -> bool:
        if not _is_address(address):
            return False
        parsed = ip_address(address)
        return any(parsed in network for network in self._networks if network.version == parsed.version)


def _peer(scope: HTTPScope) -> str:
    client = scope["client"]
    return client[0] if client else ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
