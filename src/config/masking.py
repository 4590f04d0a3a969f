"""Secrets never reach a log or a monitor, whoever was careless enough to hand them over."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import PurePath
from uuid import UUID

MASK = "***"
LONGEST = 10_000
_DEPTH = 12
_SECRET_NAME = re.compile(
    r"passw|secret|token|authori[sz]ation|cookie|credential|csrf|signature|otp|(?:^|[_-])(?:key|keys|dsn|jti)$|apikey"
)
_SUSPECT = re.compile(
    r"v[1-4]\.[lp]|trc_|\$argon2|gAAAA|bearer|basic|://|whsec_|/invitations/|/email-change/|/preview/|passw|secret|token|csrf|key",
    re.IGNORECASE,
)
"""A quick look: most texts have nothing of the kind."""
_SECRET_TEXT = (
    (re.compile(r"v[1-4]\.(?:local|public)\.[\w.-]+"), MASK),
    (re.compile(r"\btrc_[\w-]{4,}"), MASK),
    (re.compile(r"\bwhsec_[\w+/=-]{4,}"), MASK),
    (re.compile(r"\$argon2\w*\$\S+"), MASK),
    (re.compile(r"\bgAAAA[\w=-]{20,}"), MASK),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]+", re.IGNORECASE), rf"\1 {MASK}"),
    (re.compile(r"(://[^\s:/@]*):[^\s/@]+@"), rf"\1:{MASK}@"),
    (re.compile(r"(/(?:invitations|password-reset|email-change|preview))/[^\s/?#\"']+"), rf"\1/{MASK}"),
    (
        re.compile(
            r"\b([\w-]*(?:passw|secret|token|csrf|api_?key)[\w-]*['\"]?\s*[=:]\s*)(['\"]?)[^\s&;,'\"}\]]+",
            re.IGNORECASE,
        ),
        rf"\1\2{MASK}",
    ),
)


@lru_cache(maxsize=1_024)
def is_secret_name(name: str) -> bool:
    """Whether what is called *name* is nobody's business."""
    return _SECRET_NAME.search(name.lower()) is not None


def masked(value: object, depth: int = _DEPTH) -> object:
    """A copy of *value* without secrets: by the names of entries, and by what texts look like."""
    if isinstance(value, str):
        return masked_text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth == 0:
        return "…"
    if isinstance(value, Mapping):
        return {
            name: MASK if entry and is_secret_name(str(name)) else masked(entry, depth - 1)
            for name, entry in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(entry, depth - 1) for entry in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, date | time | timedelta | UUID | PurePath):
        return masked_text(str(value))
    return masked_text(repr(value))


def masked_text(text: str) -> str:
    """*text* without what looks like a token, a hash or a password, and of bearable length."""
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}…"
    if not _SUSPECT.search(text):
        return text
    for pattern, replacement in _SECRET_TEXT:
        text = pattern.sub(replacement, text)
    return text
