"""Finding an address for a post."""

from __future__ import annotations

from core.blog.entities import PostText
from core.blog.errors import SlugTaken
from core.blog.storage import PostStorage
from core.slugs import SLUG_LENGTH, SlugMaker, slug_problem

FALLBACK = "post"
_ROOM_FOR_NUMBER = 6


async def free_slug(text: PostText, posts: PostStorage, maker: SlugMaker, *, own: str | None = None) -> str:
    """The slug that *text* asks for, or one made from its title and numbered until it is free.

    *own* is the address the post already has. Raises SlugTaken when an asked one belongs to another post.
    """
    if own is not None and text.slug in ("", own):
        return own
    if text.slug:
        if await posts.find_by_slug(text.slug):
            raise SlugTaken(text.slug)
        return text.slug
    made = maker.make(text.title)[: SLUG_LENGTH - _ROOM_FOR_NUMBER].strip("-")
    base = FALLBACK if not made else made if slug_problem(made) is None else f"{FALLBACK}-{made}"
    slug, number = base, 1
    while await posts.find_by_slug(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug
