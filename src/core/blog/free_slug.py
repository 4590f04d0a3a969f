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
    base = _made_of(text.title, maker, kind)
    slug, number = base, 1
    while await posts.find_by_slug(slug, kind=kind):
        number += 1
        slug = f"{base}-{number}"
    return slug


def follows(slug: str, title: str, maker: SlugMaker, *, kind: PostKind) -> bool:
    """Whether *slug* is what is made of *title*, perhaps with a number."""
    base = _made_of(title, maker, kind)
    return slug == base or (slug.startswith(f"{base}-") and slug[len(base) + 1 :].isdecimal())


def _made_of(title: str, maker: SlugMaker, kind: PostKind) -> str:
    made = maker.make(title)[: SLUG_LENGTH - _ROOM_FOR_NUMBER].strip("-")
    return kind.value if not made else made if slug_problem(made) is None else f"{kind.value}-{made}"
