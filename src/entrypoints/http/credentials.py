"""Where a request carries its token: pages in a cookie, the API in a header, never the other way round."""

from __future__ import annotations

from typing import Any

from litestar import Request

from core.users.errors import SessionEnded
from entrypoints.http.options import HttpOptions


def cookie_name(options: HttpOptions) -> str:
    """The session cookie's name; the ``__Host-`` prefix binds it to the host and to https (RFC 6265bis)."""
    return "terrace" if options.is_local else "__Host-terrace"


def session_cookie(request: Request[Any, Any, Any], options: HttpOptions) -> str | None:
    return request.cookies.get(cookie_name(options))


def bearer_token(request: Request[Any, Any, Any]) -> str | None:
    """The token of ``Authorization: Bearer`` (RFC 6750), or None without the header.

    Raises SessionEnded for any other scheme or an empty token: nobody is silently taken for a visitor.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SessionEnded
    return token.strip()
