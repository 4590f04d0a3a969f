from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostKind
from core.blog.storage import PostFilter, PostStorage, Shelf
from core.clock import Clock

ORIGINALS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What the fields of an editor offer: *tags* and *series* in use, and posts that another may translate."""

    tags: Sequence[Shelf] = ()
    series: Sequence[Shelf] = ()
    originals: Sequence[Post] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestDetails:
    """Whoever may write sees what others gave their posts already, as far as she may see the posts."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self, *, kind: PostKind) -> Suggestions:
        self.access.require(Action.DRAFT_POST)
        wanted = PostFilter(
            now=self.clock.now(),
            kind=kind,
            status=None,
            scope=self.access.scope(Action.READ_UNPUBLISHED_POST),
            viewer=self.access.actor.user_id,
        )
        shelves = await self.posts.list_desk_shelves()
        found = await self.posts.list_numbered(wanted, number=1, size=ORIGINALS)
        return Suggestions(tags=shelves.tags, series=shelves.series, originals=found.items)
