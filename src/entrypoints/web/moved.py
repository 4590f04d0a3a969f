"""Addresses that once led somewhere: of renamed posts and tags, and of the place that a site came from."""

from __future__ import annotations

from urllib.parse import quote

from dishka import AsyncContainer

from core.blog.use_cases.find_redirect import FindRedirect
from core.errors import Forbidden, Unauthenticated
from entrypoints.http.slashes import NEVER_MOVED
from entrypoints.web.rendering import WebRequest

NUMBERS = ("p", "page_id")
"""By these WordPress knows a post that has no better address."""
_PLAIN = "/?&=:#%+,;@!$'()*~-._"


def old_number(request: WebRequest) -> str:
    """The part ``p=12`` of the query, or nothing."""
    for name in NUMBERS:
        value = request.query_params.get(name, "")
        if value.isascii() and value.isdigit():
            return f"{name}={value}"
    return ""


async def new_address(request: WebRequest, container: AsyncContainer) -> str | None:
    """Where to go instead of an address that nothing has; None when nowhere. A form is never sent elsewhere."""
    path = request.scope["path"]
    if request.method != "GET" or path.startswith(NEVER_MOVED):
        return None
    number = old_number(request)
    find_redirect = await container.get(FindRedirect)
    try:
        return location(await find_redirect(f"{path}?{number}" if number else path))
    except (Forbidden, Unauthenticated):
        return None


def location(url: str | None) -> str | None:
    """*url* as a header can carry it, if it is a path of this site."""
    if url is None or not url.startswith("/") or url.startswith(("//", "/\\")):
        return None
    return quote(url, safe=_PLAIN)
