"""Connections for somebody else, to nothing that is not allowed: whatever names, spellings or second answers of a name
server lead there."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from core.reach import address_of

Allowed = Callable[[str], bool]
"""Decides on IP addresses."""


class PrivateAddressError(OSError):
    """The name leads to no public address."""


def refuse_literal(host: str, is_allowed: Allowed) -> None:
    """Raise PrivateAddressError for a *host* that is an address itself, and not allowed: it is never resolved."""
    if address_of(host) is not None and not is_allowed(host):
        raise PrivateAddressError


def guarded_connector(is_allowed: Allowed) -> aiohttp.TCPConnector:
    """Resolves once, connects to what was looked at, and keeps nothing open."""

    def checked_socket(info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        # Asked once more at the last door: whatever a library comes to take for an address, it gets no further.
        family, kind, protocol, _, address = info
        if not is_allowed(str(address[0])):
            raise PrivateAddressError
        return socket.socket(family=family, type=kind, proto=protocol)

    resolver = GuardedResolver(is_allowed)
    return aiohttp.TCPConnector(resolver=resolver, force_close=True, socket_factory=checked_socket)


class GuardedResolver(AbstractResolver):
    """The system's resolver without what is not allowed: the very addresses that were looked at are connected to, so
    that a second answer of the name server changes nothing."""

    def __init__(self, is_allowed: Allowed) -> None:
        self._is_allowed = is_allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        allowed = [(kind, str(address[0])) for kind, _, _, _, address in found if self._is_allowed(str(address[0]))]
        if found and not allowed:
            raise PrivateAddressError
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for kind, address in allowed
        ]

    async def close(self) -> None:
        """Nothing is kept open."""
