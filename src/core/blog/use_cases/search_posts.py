from dataclasses import dataclass

from core.access import Access, Action
from core.blog.errors import PostNotFound
from core.blog.storage import FoundPosts, PostFilter, PostStorage
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPosts:
    """Anybody searches the published posts and pages, best find first, also with a word mistyped. Refused with
    PostNotFound beyond the last page."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(
        self, text: str, *, number: int = 1, size: int = 10, lang: str | None = None, preferred: str | None = None
    ) -> FoundPosts:
        self.access.require(Action.READ_POST)
        if number < 1:
            raise PostNotFound
        wanted = PostFilter(now=self.clock.now(), kind=None, lang=lang, preferred=None if lang else preferred)
        found = await self.posts.search(wanted, text=text, number=number, size=size)
        if found.page.is_out_of_range:
            raise PostNotFound
        return found
