"""From posts to what readers' pages show."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from markupsafe import Markup

from core.blog.entities import Post
from entrypoints.web.addresses import media_url, post_url, tag_url
from entrypoints.web.views import Heading, PictureView, PostListItem, PostPage, Tag

CONTENTS_FROM = 3
_HEADING = re.compile(r'<h([23])[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def list_item(post: Post) -> PostListItem:
    return PostListItem(
        title=post.title,
        url=post_url(post.slug),
        published_at=post.published_at or post.created_at,
        lang=post.lang,
        description=post.description,
        tags=tags(post),
    )


def post_page(post: Post, *, edit_url: str) -> PostPage:
    published_at = post.published_at or post.created_at
    return PostPage(
        title=post.title,
        url=post_url(post.slug),
        lang=post.lang,
        body_html=Markup(post.html),  # noqa: S704 - the output of our own sanitiser, made when it was saved
        published_at=published_at,
        minutes=post.reading_minutes,
        description=post.description,
        author=post.author_name,
        updated_at=post.updated_at if post.updated_at - published_at >= timedelta(days=1) else None,
        tags=tags(post),
        headings=headings(post.html),
        edit_url=edit_url,
        cover=PictureView(url=media_url(post.cover), alt=post.cover_alt) if post.cover else None,
    )


def tags(post: Post) -> tuple[Tag, ...]:
    return tuple(Tag(name=tag, url=tag_url(tag)) for tag in post.tags)


def headings(rendered: str) -> tuple[Heading, ...]:
    """The table of contents, from the HTML that the renderer made; none for short posts."""
    found = tuple(
        Heading(anchor=html.unescape(anchor), text=html.unescape(_TAG.sub("", text)).strip(), level=int(level))
        for level, anchor, text in _HEADING.findall(rendered)
    )
    return found if len(found) >= CONTENTS_FROM else ()
