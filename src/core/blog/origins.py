"""Which text it is, wherever it goes."""

from __future__ import annotations

from core.blog.entities import Post, PostId

_OURS = "terrace:"


def origin_of(post: Post) -> str:
    """The name under which *post* is known outside of its site: what it came with, or one made of its own id."""
    return post.origin or f"{_OURS}{post.id}"


def id_within(origin: str) -> PostId | None:
    """The id of the post that *origin* would name if it began in the site at hand."""
    return PostId(origin.removeprefix(_OURS)) if origin.startswith(_OURS) else None
