from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post
from core.blog.storage import PostStorage
from core.clock import Clock

SHOWN = 8
TEXT_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteLink:
    """Whoever may write finds the post or page that she wants to link to by a part of its title or address: what
    visitors can read, and of the rest what she may see."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, text: str) -> Sequence[Post]:
        self.access.require(Action.DRAFT_POST)
        return await self.posts.list_linkable(
            text.strip()[:TEXT_LENGTH],
            now=self.clock.now(),
            scope=self.access.scope(Action.READ_UNPUBLISHED_POST),
            viewer=self.access.actor.user_id,
            limit=SHOWN,
        )
