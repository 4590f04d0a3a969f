"""What all kinds of feeds say about a site and its newest posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from core.blog.entities import Post
from entrypoints.web.addresses import media_url, post_url

_OURS = re.compile(r'(?<=\s)(href|src|srcset)="(/[^/"][^"]*|#[^"]*)"')
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """*id* is made of the post's own id: it survives a change of its address and of the site's. *html* has no relative
    address left."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    lang: str
    author: str
    tags: tuple[str, ...]
    published_at: datetime
    updated_at: datetime
    image: str = ""
    image_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """*id* is made of the site's opaque id (and of the tag); *self_url* is the feed's own address, *page_url* what it
    is a feed of."""

    id: str
    title: str
    subtitle: str
    lang: str
    author: str
    self_url: str
    page_url: str
    icon: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated_at(self) -> datetime:
        return max((max(entry.updated_at, entry.published_at) for entry in self.entries), default=_START)


def entries(posts: Sequence[Post], base_url: str) -> tuple[FeedEntry, ...]:
    return tuple(_entry(post, base_url) for post in posts)


def printable(text: str) -> str:
    """*text* without the characters that XML 1.0 (2.2) knows no way to write."""
    return _NOT_XML.sub("", text)


def urn(hex_id: str) -> str:
    """An id of 128 bits as a URN (RFC 9562)."""
    return UUID(hex_id).urn


def absolute(html: str, base_url: str, page: str) -> str:
    """*html* of our own renderer with whole addresses: a reader of feeds shows it far from the site."""

    def whole(match: re.Match[str]) -> str:
        name, value = match.groups()
        if value.startswith("#"):
            return f'{name}="{page}{value}"'
        if name == "srcset":
            return f'{name}="{", ".join(base_url + part.strip() for part in value.split(","))}"'
        return f'{name}="{base_url}{value}"'

    return _OURS.sub(whole, html)


def _entry(post: Post, base_url: str) -> FeedEntry:
    url = base_url + post_url(post.slug)
    published_at = post.published_at or post.created_at
    cover = base_url + media_url(post.cover) if post.cover else ""
    return FeedEntry(
        id=urn(post.id),
        url=url,
        title=printable(post.title),
        summary=printable(post.description),
        html=printable(absolute(post.html, base_url, url)),
        lang=post.lang,
        author=printable(post.author_name),
        tags=post.tags,
        published_at=published_at,
        updated_at=max(post.updated_at, published_at),
        image=cover,
        image_type="image/webp" if cover else "",
    )
