"""What the entrypoints need to know of the deployment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpOptions:
    """*public_url* is a pattern with ``{host}``; *body_limit* is in bytes; after *stall_seconds* without any movement a
    request is answered with 503."""

    is_local: bool
    public_url: str
    trusted_proxies: tuple[str, ...]
    ops_host: str
    ops_port: int
    body_limit: int = 32 * 1024 * 1024
    stall_seconds: float = 4.0

    def site_url(self, host: str) -> str:
        """The public address of the site at *host*, without a trailing slash."""
        return self.public_url.replace("{host}", host)
