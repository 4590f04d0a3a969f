from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostKind, PostStatus
from core.blog.errors import PostNotFound
from core.blog.storage import PostFilter, PostStorage
from core.clock import Clock
from core.pagination import NumberedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeskPosts:
    """Members see posts of every status, those who write only their own. Refused with PostNotFound
    beyond the last page."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(
        self,
        *,
        number: int = 1,
        size: int = 20,
        status: PostStatus | None = None,
        text: str | None = None,
        is_trashed: bool = False,
        kind: PostKind | None = PostKind.POST,
        tag: str | None = None,
    ) -> NumberedPage[Post]:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        wanted = PostFilter(
            now=self.clock.now(),
            kind=kind,
            status=status,
            tag=tag,
            scope=self.access.scope(Action.READ_UNPUBLISHED_POST),
            viewer=self.access.actor.user_id,
            text=text,
            is_trashed=is_trashed,
        )
        page = await self.posts.list_numbered(wanted, number=max(1, number), size=size)
        if page.is_out_of_range:
            raise PostNotFound
        return page
