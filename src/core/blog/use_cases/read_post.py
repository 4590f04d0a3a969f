from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import PostKind
from core.blog.errors import PostNotFound
from core.blog.reading import Reading, shown_cover
from core.blog.storage import PostStorage
from core.clock import Clock
from core.markdown import SurroundingsStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPost:
    """Anybody reads a published post or page by its address, with what stands beside it; where there is a choice of
    languages, in the preferred one. Refused with PostNotFound."""

    access: Access
    posts: PostStorage
    surroundings: SurroundingsStorage
    clock: Clock

    async def __call__(self, slug: str, *, preferred: str, kind: PostKind = PostKind.POST) -> Reading:
        self.access.require(Action.READ_POST)
        now = self.clock.now()
        post = await self.posts.find_readable(slug, now=now, kind=kind)
        if post is None:
            raise PostNotFound
        around = await self.posts.look_around(post, now=now, preferred=preferred)
        return Reading(post=post, around=around, cover=await shown_cover(post, self.surroundings))
