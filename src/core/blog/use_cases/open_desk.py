from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostStatus
from core.blog.storage import PostCounts, PostFilter, PostStorage
from core.clock import Clock

SHOWN = 5
SCHEDULED_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """*drafts* and *published* are the newest few, *scheduled* those that come next, the nearest first."""

    counts: PostCounts
    scheduled: Sequence[Post]
    drafts: Sequence[Post]
    published: Sequence[Post]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDesk:
    """Members see what lies on the desk, as far as their right to unpublished posts reaches."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self) -> Desk:
        self.access.require(Action.OPEN_DESK)
        scope, viewer = self.access.scope(Action.READ_UNPUBLISHED_POST), self.access.actor.user_id
        now = self.clock.now()
        everything = PostFilter(now=now, status=None, scope=scope, viewer=viewer)
        drafts = PostFilter(now=now, status=PostStatus.DRAFT, scope=scope, viewer=viewer)
        scheduled = PostFilter(now=now, status=PostStatus.SCHEDULED, scope=scope, viewer=viewer)
        published = PostFilter(now=now, status=PostStatus.PUBLISHED, scope=scope, viewer=viewer)
        return Desk(
            counts=await self.posts.count(everything),
            scheduled=(await self.posts.list_numbered(scheduled, number=1, size=SCHEDULED_MAX)).items[::-1][:SHOWN],
            drafts=(await self.posts.list_numbered(drafts, number=1, size=SHOWN)).items,
            published=(await self.posts.list_numbered(published, number=1, size=SHOWN)).items,
        )
