"""From posts to what readers' pages show."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from markupsafe import Markup

from core.blog.addresses import address_of
from core.blog.entities import Post, PostId, PostKind
from core.blog.reading import Reading
from core.blog.storage import FoundPost, Neighbourhood, PostLink
from core.markdown import spoken
from core.searching import Piece
from entrypoints.web.addresses import author_url, post_url, series_url, tag_url
from entrypoints.web.pages.pictures import picture_view
from entrypoints.web.views import (
    Heading,
    Neighbour,
    PostListItem,
    PostPage,
    SeriesBox,
    Tag,
    TextPiece,
    Translation,
)
from entrypoints.web.words import READ_IN

CONTENTS_FROM = 3
Preview = Literal["", "hidden", "public"]
_HEADING = re.compile(r'<h([23])[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def list_item(post: Post, *, part: int = 0) -> PostListItem:
    return PostListItem(
        title=post.title,
        url=post_url(post.slug),
        published_at=post.published_at or post.created_at,
        lang=post.lang,
        description=post.description,
        tags=tags(post),
        is_pinned=post.is_pinned,
        part=part,
    )


def found_item(found: FoundPost) -> PostListItem:
    post = found.post
    return PostListItem(
        title=post.title,
        url=address_of(post.kind, post.slug),
        published_at=post.published_at or post.created_at,
        lang=post.lang,
        title_pieces=_pieces(found.title),
        snippet=_pieces(found.snippet),
        is_page=post.kind is PostKind.PAGE,
    )


def post_page(reading: Reading, *, base_url: str, edit_url: str = "", preview: Preview = "") -> PostPage:
    post = reading.post
    published_at = post.published_at or post.updated_at
    url = address_of(post.kind, post.slug)
    page = PostPage(
        title=post.title,
        url=url,
        lang=post.lang,
        body_html=Markup(post.html),  # noqa: S704 - the output of our own sanitiser, made when it was saved
        published_at=published_at,
        minutes=post.reading_minutes,
        meta_title=post.meta_title or post.title,
        meta_description=post.meta_description or post.description,
        canonical_url=post.canonical_url or base_url + url,
        description=post.description,
        author=post.author_name,
        author_url=author_url(post.author_slug) if post.author_slug else "",
        updated_at=post.updated_at if post.updated_at - published_at >= timedelta(days=1) else None,
        tags=tags(post),
        headings=headings(post.html),
        edit_url=edit_url,
        cover=picture_view(post.cover, spoken(post.cover_alt), reading.cover) if post.cover else None,
        preview=preview,
    )
    return _among(page, post, reading.around)


def tags(post: Post) -> tuple[Tag, ...]:
    return tuple(Tag(name=tag, url=tag_url(tag)) for tag in post.tags)


def headings(rendered: str) -> tuple[Heading, ...]:
    """The table of contents, from the HTML that the renderer made; none for short posts."""
    found = tuple(
        Heading(anchor=html.unescape(anchor), text=html.unescape(_TAG.sub("", text)).strip(), level=int(level))
        for level, anchor, text in _HEADING.findall(rendered)
    )
    return found if len(found) >= CONTENTS_FROM else ()


def _among(page: PostPage, post: Post, around: Neighbourhood) -> PostPage:
    """*page* with what stands beside it. Parts of its series are shown as such, not once more as related."""
    return replace(
        page,
        older=_neighbour(around.older) if around.older else None,
        newer=_neighbour(around.newer) if around.newer else None,
        related=tuple(_neighbour(link) for link in around.related if link not in around.parts),
        series=_series(post, around.parts),
        translations=tuple(map(_translation, around.translations)),
    )


def _series(post: Post, parts: Sequence[PostLink]) -> SeriesBox | None:
    """A single part is no series yet."""
    if not post.series_slug or len(parts) < 2:
        return None
    ids = [part.id for part in parts]
    return SeriesBox(
        name=post.series,
        url=series_url(post.series_slug),
        parts=tuple(_neighbour(part, current=post.id) for part in parts),
        number=ids.index(post.id) + 1 if post.id in ids else 0,
    )


def _neighbour(link: PostLink, *, current: PostId | None = None) -> Neighbour:
    return Neighbour(
        title=link.title,
        url=address_of(link.kind, link.slug),
        lang=link.lang,
        published_at=link.published_at,
        is_current=link.id == current,
    )


def _translation(link: PostLink) -> Translation:
    return Translation(url=address_of(link.kind, link.slug), lang=link.lang, title=link.title, label=READ_IN[link.lang])


def _pieces(pieces: Sequence[Piece]) -> tuple[TextPiece, ...]:
    return tuple(TextPiece(text=piece.text, is_match=piece.is_match) for piece in pieces)
