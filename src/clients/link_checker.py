"""Whether an address on the web still answers, asked without ever touching what is not public."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import aiohttp

from clients.guarded import PrivateAddressError, guarded_connector, refuse_literal
from core.reach import is_public

SECONDS = 15.0
HOPS = 5
HEADERS = {"User-Agent": "Terrace link checker", "Accept": "*/*"}
"""Said openly: who keeps machines away answers 403, and is believed."""
NO_HEAD = frozenset(
    {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)
"""What some answer to HEAD alone: they are asked once more by GET, of which only the head is read."""


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
        connector = guarded_connector(self._is_allowed)
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
        refuse_literal(parts.hostname, self._is_allowed)
        async with session.request(method, url, allow_redirects=False) as answer:
            is_redirect = answer.status in {301, 302, 303, 307, 308}
            return answer.status, answer.headers.get("Location") if is_redirect else None
