from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import PostKind
from core.blog.storage import PostCounts, PostFilter, PostStorage
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDeskPosts:
    """Members learn how many texts of a kind there are of each status, as far as their right to unpublished posts
    reaches."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, *, kind: PostKind = PostKind.POST) -> PostCounts:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        wanted = PostFilter(
            now=self.clock.now(),
            kind=kind,
            status=None,
            scope=self.access.scope(Action.READ_UNPUBLISHED_POST),
            viewer=self.access.actor.user_id,
        )
        return await self.posts.count(wanted)
