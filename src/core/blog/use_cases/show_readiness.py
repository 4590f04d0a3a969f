from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import PostId, PostKind
from core.blog.readiness import ReadinessItem
from core.blog.storage import PostStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReadiness:
    """Whoever may see a text before it is public learns what it lacks. Refused with PostNotFound."""

    access: Access
    posts: PostStorage

    async def __call__(self, post_id: PostId, *, kind: PostKind | None = None) -> tuple[ReadinessItem, ...]:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.READ_UNPUBLISHED_POST, on=post)
        return post.readiness()
