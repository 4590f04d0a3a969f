"""Finding an address for a post."""

from __future__ import annotations

from core.blog.entities import PostKind
from core.blog.errors import SlugTaken
from core.blog.storage import PostStorage
from core.blog.texts import PostText
from core.slugs import SLUG_LENGTH, SlugMaker, slug_problem

_ROOM_FOR_NUMBER = 6


async def free_slug(
    text: PostText, posts: PostStorage, maker: SlugMaker, *, kind: PostKind = PostKind.POST, own: str | None = None
) -> str:
    """The slug that *text* asks for, or one made from its title and numbered until it is free.

    *own* is the address the post already has. Raises SlugTaken when an asked one belongs to another post.
    """
    if own is not None and text.slug in ("", own):
        return own
    if text.slug:
        if await posts.find_by_slug(text.slug, kind=kind):
            raise SlugTaken(text.slug)
        return text.slug
    made = maker.make(text.title)[: SLUG_LENGTH - _ROOM_FOR_NUMBER].strip("-")
    base = kind.value if not made else made if slug_problem(made) is None else f"{kind.value}-{made}"
    slug, number = base, 1
    while await posts.find_by_slug(slug, kind=kind):
        number += 1
        slug = f"{base}-{number}"
    return slug
