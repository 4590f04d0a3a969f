from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.storage import PostStorage
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSeries:
    """Anybody sees the published parts of a series in their order. Refused with PostNotFound when there are none."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, series: str) -> Sequence[Post]:
        self.access.require(Action.READ_POST)
        parts = await self.posts.list_series(series, now=self.clock.now())
        if not parts:
            raise PostNotFound
        return parts
