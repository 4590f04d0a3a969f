from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.storage import PostStorage
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPost:
    """Anybody sees a published post by its id, members also what is not public, as far as their right reaches.

    What the actor may not see is refused with PostNotFound, as if it were not there.
    """

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, post_id: PostId, *, kind: PostKind | None = None) -> Post:
        self.access.require(Action.READ_POST)
        post = await self.posts.get(post_id, kind=kind)
        is_visible = post.is_readable(self.clock.now()) or self.access.can(Action.READ_UNPUBLISHED_POST, on=post)
        if not is_visible:
            raise PostNotFound
        return post
