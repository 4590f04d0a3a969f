"""Where a text was before it came here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.blog.addresses import RedirectStorage, address_of
from core.blog.archives import FoundItem, Note
from core.blog.entities import Post
from core.text import N_

_TAKEN = N_("Its old address %(path)s led to %(url)s until now.")


async def taken_over(item: FoundItem, slug: str, redirects: RedirectStorage, now: datetime) -> tuple[Note, ...]:
    """What is to be said of old addresses of *item* that lead to other texts so far."""
    found = [await redirects.find(path, now=now) for path in _old_paths(item, slug)]
    return tuple(Note.of(_TAKEN, path=one.path, url=one.url) for one in found if one is not None)


async def lead_here(item: FoundItem, post: Post, redirects: RedirectStorage, now: datetime) -> tuple[Note, ...]:
    """The old addresses of *item* lead to the *post* that it became."""
    taken = await taken_over(item, post.slug, redirects, now)
    for path in _old_paths(item, post.slug):
        await redirects.point(path, post.id)
    return taken


def _old_paths(item: FoundItem, slug: str) -> Sequence[str]:
    return [path for path in item.old_paths if path != address_of(item.kind, slug)]
