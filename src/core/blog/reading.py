"""What somebody who reads is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.blog.entities import Post
from core.blog.storage import Neighbourhood
from core.markdown import Mentions, ShownPicture, SurroundingsStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A post with what stands beside it. *cover* says what a page needs to know of the picture above the text."""

    post: Post
    around: Neighbourhood = field(default_factory=Neighbourhood)
    cover: ShownPicture | None = None


async def shown_cover(post: Post, surroundings: SurroundingsStorage) -> ShownPicture | None:
    """None also when the site has no such picture (any more); asks nothing for a post without one."""
    if not post.cover:
        return None
    found = await surroundings.look(Mentions(media=frozenset({post.cover})))
    return found.pictures.get(post.cover)
