"""The site's library of what is worth reading."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType, Protocol
from urllib.parse import urlsplit

from core.errors import Problem, refuse_if_any
from core.pagination import NumberedPage
from core.text import N_

ResourceId = NewType("ResourceId", str)

NAME_LENGTH = 200
URL_LENGTH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """*url* is unique in the site. *checked_at* and *trouble* tell what the last check for dead links found: no
    trouble, or in a word what it was ("404", "timeout")."""

    id: ResourceId
    name: str
    url: str
    checked_at: datetime | None = None
    trouble: str = ""
    version: int = 1

    def changed_to(self, *, name: str, url: str) -> Resource:
        """Raises Invalid. Another address has not been checked yet."""
        refuse_if_any(resource_problems(name=name, url=url))
        name, url = " ".join(name.split()), url.strip()
        if url == self.url:
            return replace(self, name=name)
        return replace(self, name=name, url=url, checked_at=None, trouble="")


class ResourceStorage(Protocol):
    async def list_numbered(self, *, text: str, number: int, size: int) -> NumberedPage[tuple[Resource, int]]:
        """By name, those with *text* in name or address, each with how many questions it is attached to; one query."""
        ...

    async def list_many(self, resource_ids: Sequence[str]) -> Sequence[Resource]:
        """Those that are there, in no order."""
        ...

    async def list_troubled(self) -> Sequence[Resource]:
        """Whose last check found trouble, by name."""
        ...

    async def list_unchecked(self, *, before: datetime, limit: int) -> Sequence[Resource]:
        """Those that were not checked since *before*, in no order."""
        ...

    async def get(self, resource_id: str) -> Resource:
        """Raises ResourceNotFound."""
        ...

    async def find_by_url(self, url: str) -> Resource | None: ...

    async def add(self, resource: Resource) -> Resource:
        """Raises UrlTaken; the transaction goes on."""
        ...

    async def save(self, resource: Resource) -> Resource:
        """Return it with the next version. Raises StaleVersion or UrlTaken."""
        ...

    async def save_check(self, resource: Resource) -> None:
        """Keep what a check found, unless the address has changed meanwhile; the version stays."""
        ...

    async def merge(self, gone: ResourceId, into: ResourceId) -> int:
        """Attach *into* wherever *gone* was (once, with the reason that stood first), delete *gone*, and return how
        many questions changed; each gets its next version."""
        ...

    async def delete(self, resource: Resource) -> int:
        """Detach it everywhere and forget it; return how many questions changed."""
        ...


def new_resource(*, name: str, url: str) -> Resource:
    """Raises Invalid."""
    return Resource(id=ResourceId(secrets.token_hex(16)), name="", url="").changed_to(name=name, url=url)


def resource_problems(*, name: str, url: str) -> list[Problem]:
    found = []
    if not name.strip():
        found.append(Problem.of("name", N_("It needs a name.")))
    for field, value, limit in (("name", name, NAME_LENGTH), ("url", url, URL_LENGTH)):
        if len(value) > limit:
            found.append(Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit))
    if not _is_web_address(url.strip()):
        found.append(Problem.of("url", N_("Write the whole address, beginning with https://.")))
    return found


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, text))
    except ValueError:
        return False
