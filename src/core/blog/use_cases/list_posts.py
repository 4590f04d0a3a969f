from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.storage import PostFilter, PostStorage
from core.blog.years import CalendarYear
from core.clock import Clock
from core.pagination import NumberedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPosts:
    """Anybody leafs through the published posts, newest first; of all of them the pinned ones come before. Refused
    with PostNotFound beyond the last page, and for a tag, an author or a year without posts."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(
        self,
        *,
        number: int = 1,
        size: int = 10,
        tag: str | None = None,
        author: str | None = None,
        year: CalendarYear | None = None,
        lang: str | None = None,
        preferred: str | None = None,
    ) -> NumberedPage[Post]:
        self.access.require(Action.READ_POST)
        if number < 1:
            raise PostNotFound
        wanted = PostFilter(
            now=self.clock.now(),
            tag=tag,
            author=author,
            since=year.since if year else None,
            until=year.until if year else None,
            lang=lang,
            preferred=None if lang else preferred,
        )
        is_shelf = any(part is not None for part in (tag, author, year))
        page = await self.posts.list_numbered(wanted, number=number, size=size, pinned_first=not is_shelf)
        if page.is_out_of_range or (is_shelf and not page.total):
            raise PostNotFound
        return page
