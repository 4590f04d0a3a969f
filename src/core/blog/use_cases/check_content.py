from dataclasses import dataclass

from core.access import Access, Action
from core.blog.checking import CheckedText
from core.blog.entities import PostStatus
from core.blog.storage import PostFilter, PostStorage
from core.clock import Clock
from core.pagination import Slice

BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContent:
    """Members, as far as their right to unpublished posts reaches, and the operator learn what the published texts of
    a site lack, with *has_drafts* all of its texts, a batch at a time. Refused with Invalid for a cursor that we did
    not make."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, *, has_drafts: bool = False, cursor: str | None = None) -> Slice[CheckedText]:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        wanted = PostFilter(
            now=self.clock.now(),
            kind=None,
            status=None if has_drafts else PostStatus.PUBLISHED,
            scope=self.access.scope(Action.READ_UNPUBLISHED_POST),
            viewer=self.access.actor.user_id,
        )
        found = await self.posts.list_slice(wanted, limit=BATCH, cursor=cursor)
        checked = [CheckedText(post=post, items=post.readiness()) for post in found.items]
        return Slice(items=checked, next_cursor=found.next_cursor)
