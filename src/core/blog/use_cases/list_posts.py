from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.storage import PostFilter, PostStorage
from core.clock import Clock
from core.pagination import NumberedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPosts:
    """Anybody leafs through the published posts, newest first. Refused with PostNotFound beyond the last page, and for
    a tag that no post has."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(
        self, *, number: int = 1, size: int = 10, tag: str | None = None, text: str | None = None
    ) -> NumberedPage[Post]:
        self.access.require(Action.READ_POST)
        if number < 1:
            raise PostNotFound
        wanted = PostFilter(now=self.clock.now(), tag=tag, text=text)
        page = await self.posts.list_numbered(wanted, number=number, size=size)
        is_unknown_tag = tag is not None and not page.total
        if page.is_out_of_range or is_unknown_tag:
            raise PostNotFound
        return page
