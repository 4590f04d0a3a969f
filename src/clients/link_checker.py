"""Whether an address on the web still answers, asked without ever touching what is not public."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

SECONDS = 15.0
HOPS = 5
HEADERS = {"User-Agent": "Terrace link checker", "Accept": "*/*"}
"""Said openly: who keeps machines away answers 403, and is believed."""
NO_HEAD = frozenset(
    {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)
"""What some answer to HEAD alone: they are asked once more by GET, of which only the head is read."""


class PrivateAddressError(OSError):
    """The name leads to no public address."""


def is_public(address: str) -> bool:
    """Whether the IP *address* is one of the public internet (RFC 6890); so must an IPv4 be that it carries."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


class HttpLinkChecker:
    """One request at a time for each check; connections are not kept. *is_allowed* decides on IP addresses."""

    def __init__(self, is_allowed: Callable[[str], bool] = is_public) -> None:
        self._is_allowed = is_allowed

    async def check(self, url: str) -> str:
        try:
            async with asyncio.timeout(SECONDS):
                return await self._follow(url)
        except TimeoutError:
            return "timeout"
        except PrivateAddressError:
            return "private"
        except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError):
            return "certificate"
        except aiohttp.ClientConnectorError as error:
            return "private" if isinstance(error.os_error, PrivateAddressError) else "unreachable"
        except (aiohttp.ClientError, OSError, ValueError):
            return "unreachable"

    async def _follow(self, url: str) -> str:
        connector = aiohttp.TCPConnector(resolver=_GuardedResolver(self._is_allowed), force_close=True)
        async with aiohttp.ClientSession(connector=connector, headers=HEADERS, auto_decompress=False) as session:
            for _ in range(HOPS + 1):
                status, following = await self._ask(session, "HEAD", url)
                if status in NO_HEAD:
                    status, following = await self._ask(session, "GET", url)
                if following is None:
                    return "" if status < HTTPStatus.BAD_REQUEST else str(status)
                url = urljoin(url, following)
        return "redirects"

    async def _ask(self, session: aiohttp.ClientSession, method: str, url: str) -> tuple[int, str | None]:
        """The status, and where it leads on. A host that is an address itself is never resolved: it is looked at
        here."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(url)
        if _is_address(parts.hostname) and not self._is_allowed(parts.hostname):
            raise PrivateAddressError
        async with session.request(method, url, allow_redirects=False) as answer:
            is_redirect = answer.status in {301, 302, 303, 307, 308}
            return answer.status, answer.headers.get("Location") if is_redirect else None


class _GuardedResolver(AbstractResolver):
    """The system's resolver without what is not allowed: the very addresses that were looked at are connected to, so
    that a second answer of the name server changes nothing."""

    def __init__(self, is_allowed: Callable[[str], bool]) -> None:
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


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
