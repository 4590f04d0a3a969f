from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.access import Access, Action
from core.blog.entities import Post, PostStatus
from core.blog.storage import PostCounts, PostFilter, PostStorage
from core.blog.years import last_months, month_begins
from core.clock import Clock

SHOWN = 5
SCHEDULED_MAX = 100
MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """*drafts* and *published* are the newest few, *scheduled* those that come next, the nearest first. *months* tell
    how many posts were published in each of the last two years' months, by its first day, the oldest first."""

    counts: PostCounts
    scheduled: Sequence[Post]
    drafts: Sequence[Post]
    published: Sequence[Post]
    months: Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDesk:
    """Members see what lies on the desk, as far as their right to unpublished posts reaches."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, *, time_zone: str) -> Desk:
        self.access.require(Action.OPEN_DESK)
        scope, viewer = self.access.scope(Action.READ_UNPUBLISHED_POST), self.access.actor.user_id
        now = self.clock.now()
        everything = PostFilter(now=now, status=None, scope=scope, viewer=viewer)
        drafts = PostFilter(now=now, status=PostStatus.DRAFT, scope=scope, viewer=viewer)
        scheduled = PostFilter(now=now, status=PostStatus.SCHEDULED, scope=scope, viewer=viewer)
        published = PostFilter(now=now, status=PostStatus.PUBLISHED, scope=scope, viewer=viewer)
        months = last_months(MONTHS, now=now, time_zone=time_zone)
        recent = replace(published, since=month_begins(months[0], time_zone=time_zone))
        counted = await self.posts.count_months(recent, time_zone=time_zone)
        return Desk(
            counts=await self.posts.count(everything),
            scheduled=(await self.posts.list_numbered(scheduled, number=1, size=SCHEDULED_MAX)).items[::-1][:SHOWN],
            drafts=(await self.posts.list_numbered(drafts, number=1, size=SHOWN)).items,
            published=(await self.posts.list_numbered(published, number=1, size=SHOWN)).items,
            months={month: counted.get(month, 0) for month in months},
        )
