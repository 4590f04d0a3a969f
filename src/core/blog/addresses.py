"""Where texts were found before, and links for those who may look early."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.blog.entities import PostId, PostKind
from core.blog.storage import PostLink

PREVIEW_DAYS = 7
PREVIEW_DAYS_MAX = 90
FOLDERS = {PostKind.POST: "/blog/", PostKind.PAGE: "/pages/"}
TAGS = "/blog/tags/"
FEEDS = ("feed.atom", "feed.rss", "feed.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """*path* (beginning with /, perhaps with ?p=…) leads to a post that is readable now, or to the path *target*."""

    path: str
    post: PostLink | None = None
    target: str | None = None

    @property
    def url(self) -> str:
        return address_of(self.post.kind, self.post.slug) if self.post else self.target or "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLink:
    """Lets whoever has its token see one post as it stands, public or not. The token is made from *id* and a key of
    the deployment: nothing secret is stored."""

    id: str
    post_id: PostId
    created_by_name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class RedirectStorage(Protocol):
    async def find(self, path: str, *, now: datetime) -> Redirect | None:
        """Where *path* leads; None also when the post behind it cannot be read at *now*."""
        ...

    async def point(self, path: str, post_id: PostId) -> None:
        """From now on *path* leads to this post, wherever it led before."""
        ...

    async def forward(self, path: str, target: str) -> None:
        """From now on *path* leads to the path *target*; what led to *path* leads there too (one hop)."""
        ...

    async def list_old(self) -> Mapping[PostId, Sequence[str]]:
        """All paths that lead to a post, by its id; one query."""
        ...

    async def drop(self, path: str) -> None:
        """*path* is an address of its own again. Nothing when it led nowhere."""
        ...


class PreviewLinkStorage(Protocol):
    async def add(self, link: PreviewLink) -> None: ...

    async def find(self, link_id: str) -> PreviewLink | None: ...

    async def list_of(self, post_id: PostId, *, now: datetime) -> Sequence[PreviewLink]:
        """Newest first, expired and revoked ones left out only after they were so for 30 days."""
        ...

    async def revoke(self, link_id: str, *, at: datetime) -> None: ...


class PreviewTokens(Protocol):
    def make(self, link_id: str) -> str:
        """Unguessable, fit for an address, the same each time."""
        ...

    def read(self, token: str) -> str | None:
        """The id of the link, or None when we did not make the token (for this site)."""
        ...


def tag_paths(tag: str) -> tuple[str, ...]:
    """Where the posts of *tag* are listed and fed, as the server sees it: without percent signs."""
    return (f"{TAGS}{tag}", *(f"{TAGS}{tag}/{feed}" for feed in FEEDS))


def series_path(slug: str) -> str:
    return f"/blog/series/{slug}"


def as_target(path: str) -> str:
    """*path* as a redirect may lead to it: tags such as c# would end it early otherwise."""
    return path.replace("#", "%23")


def address_of(kind: PostKind, slug: str) -> str:
    return FOLDERS[kind] + slug


def new_preview_link(post_id: PostId, *, by: str, at: datetime, days: int = PREVIEW_DAYS) -> PreviewLink:
    expires_at = at + timedelta(days=min(max(1, days), PREVIEW_DAYS_MAX))
    return PreviewLink(
        id=secrets.token_hex(12), post_id=post_id, created_by_name=by, created_at=at, expires_at=expires_at
    )
