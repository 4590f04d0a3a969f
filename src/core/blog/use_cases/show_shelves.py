from dataclasses import dataclass

from core.access import Access, Action
from core.blog.storage import PostStorage, Shelves
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowShelves:
    """Anybody sees by which tags, series, authors and years (as *time_zone* counts them) the posts can be leafed
    through."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, *, time_zone: str) -> Shelves:
        self.access.require(Action.READ_POST)
        return await self.posts.list_shelves(now=self.clock.now(), time_zone=time_zone)
