from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.storage import PostStorage
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPost:
    """Anybody reads a published post by its address. Refused with PostNotFound."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, slug: str) -> Post:
        self.access.require(Action.READ_POST)
        post = await self.posts.find_readable(slug, now=self.clock.now())
        if post is None:
            raise PostNotFound
        return post
