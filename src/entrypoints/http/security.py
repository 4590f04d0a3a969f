"""Headers that keep browsers careful, on every answer."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

SNIPPET_BYTES = 300
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_HSTS = "max-age=31536000"


def content_security_policy(snippet: str) -> str:
    """Only our own scripts and styles, and the one inline *snippet* by its hash (nonces would fight caching).

    Pictures may come from other https places, since writers link to them; data: is for Bootstrap's own icons.
    """
    digest = b64encode(sha256(snippet.encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def theme_snippet(templates: Path) -> str:
    """The script inside partials/theme_snippet.html. Raises ValueError when it is missing or grew too long."""
    found = _SCRIPT.search((templates / "partials" / "theme_snippet.html").read_text(encoding="utf-8"))
    if found is None or len(found.group(1).encode()) > SNIPPET_BYTES:
        raise ValueError(f"partials/theme_snippet.html must hold one script of at most {SNIPPET_BYTES} bytes")
    return found.group(1)


def security_headers(snippet: str, *, is_local: bool) -> tuple[tuple[bytes, bytes], ...]:
    """Strict-Transport-Security only in production: on a developer's machine it would outlive the experiment."""
    headers = {
        "content-security-policy": content_security_policy(snippet),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "permissions-policy": _PERMISSIONS,
        "cross-origin-opener-policy": "same-origin",
    }
    if not is_local:
        headers["strict-transport-security"] = _HSTS
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
