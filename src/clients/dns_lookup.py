"""Where a hostname leads, by the system's resolver."""

import asyncio
import socket

LOOKUP_SECONDS = 3.0


async def addresses_of(host: str) -> tuple[str, ...]:
    """The IP addresses of *host*, sorted; none when it does not resolve within LOOKUP_SECONDS."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LOOKUP_SECONDS):
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        return ()
    return tuple(sorted({str(entry[4][0]) for entry in found}))
