"""Events over HTTP to whoever subscribed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import aiohttp

from clients.guarded import PrivateAddressError, guarded_connector, refuse_literal
from core.reach import Reach
from core.webhooks.deliveries import ANSWER_BYTES, Reply, Trouble

SECONDS = 10.0
HOPS = 3
FOLLOWED = frozenset({301, 302, 307, 308})
"""With the same method and body, as the later two ask for and the earlier two allow. 303 asks for a GET, which would
tell nobody anything."""
REDIRECTS = range(300, 400)
OVERLOADED = frozenset({429, 503})
HEADERS = {
    "User-Agent": "Terrace webhooks",
    "Content-Type": "application/json; charset=utf-8",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


class _InsecureError(OSError):
    """It leads on to what is not encrypted."""


class HttpCourier:
    """One request at a time for each delivery; connections are not kept."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    async def post(self, url: str, body: str, headers: Mapping[str, str]) -> Reply:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(SECONDS):
                reply = await self._follow(url, body.encode(), {**HEADERS, **headers})
        except Exception as error:  # noqa: BLE001 - whatever a stranger's server does becomes a line of the log
            return Reply(ms=_since(began), trouble=_trouble(error))
        return replace(reply, ms=_since(began))

    async def _follow(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        async with aiohttp.ClientSession(
            connector=guarded_connector(self._reach.allows),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        ) as session:
            left = HOPS
            while True:
                self._refuse(url)
                async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                    following = answer.headers.get("Location") if answer.status in FOLLOWED else None
                    if following is None or left == 0:
                        return await _reply(answer)
                    url, left = urljoin(url, following), left - 1

    def _refuse(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(url)
        refuse_literal(parts.hostname, self._reach.allows)
        if self._reach.needs_https and parts.scheme != "https":
            raise _InsecureError


async def _reply(answer: aiohttp.ClientResponse) -> Reply:
    asked = answer.headers.get("Retry-After", "") if answer.status in OVERLOADED else ""
    return Reply(
        status=answer.status,
        body=await _beginning(answer),
        trouble=Trouble.REDIRECTS if answer.status in REDIRECTS else Trouble.NONE,
        retry_after=int(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0,
    )


async def _beginning(answer: aiohttp.ClientResponse) -> str:
    """As text that can be kept, whatever was sent."""
    found = bytearray()
    while len(found) < ANSWER_BYTES and (chunk := await answer.content.read(ANSWER_BYTES - len(found))):
        found += chunk
    answer.close()
    return found.decode("utf-8", "replace").replace("\0", "\ufffd")


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, TimeoutError):
        return Trouble.TIMEOUT
    if isinstance(error, _InsecureError):
        return Trouble.INSECURE
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError)):
        return Trouble.CERTIFICATE
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    return Trouble.PRIVATE if isinstance(inner, PrivateAddressError) else Trouble.UNREACHABLE


def _since(began: float) -> int:
    return round((asyncio.get_running_loop().time() - began) * 1000)
