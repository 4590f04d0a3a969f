from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.storage import PostFilter, PostStorage
from core.clock import Clock

FEED_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFeed:
    """Programs fetch the newest published posts whole, of texts in several languages the site's own unless *lang* asks
    for another. Refused with PostNotFound for a tag that no post has."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, *, preferred: str, tag: str | None = None, lang: str | None = None) -> Sequence[Post]:
        self.access.require(Action.READ_POST)
        wanted = PostFilter(now=self.clock.now(), tag=tag, lang=lang, preferred=None if lang else preferred)
        found = await self.posts.list_slice(wanted, limit=FEED_SIZE, cursor=None)
        if tag is not None and not found.items:
            raise PostNotFound
        return found.items
