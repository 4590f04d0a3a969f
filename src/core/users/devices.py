"""Which devices somebody signs in with: a new one is told to her by mail."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from core.identity import UserId
from core.limits import Client
from core.users.entities import SessionKind

MOST_DEVICES = 20
_MARK = re.compile(r"[0-9a-f]{32}")


def usable_mark(mark: str) -> str:
    """*mark* when it is one that we could have made, else a new one: 128 random bits that a browser keeps."""
    return mark if _MARK.fullmatch(mark) else secrets.token_hex(16)


def device_digest(user_id: UserId, kind: SessionKind, mark: str, client: Client) -> str:
    """What is kept of a device: it leads neither back to the mark, nor to what the same device is for others. Programs
    keep no mark: they are known by what they call themselves, and where they are."""
    what = mark if kind is SessionKind.BROWSER else f"{client.user_agent}\n{client.key}"
    return sha256(f"{user_id}\n{kind}\n{what}".encode(errors="replace")).hexdigest()[:32]


def with_device(devices: tuple[str, ...], digest: str) -> tuple[str, ...]:
    """*devices* with *digest* as the newest; the oldest are forgotten."""
    return (digest, *(one for one in devices if one != digest))[:MOST_DEVICES]


_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("YaBrowser", "Yandex Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """*user_agent* as people call it ("Firefox, Windows"), its first word when it is none we know, empty when it says
    nothing."""
    program = next((name for sign, name in _PROGRAMS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    told = ", ".join(part for part in (program, system) if part)
    return told or " ".join(user_agent.split("/")[0].split())[:40]
