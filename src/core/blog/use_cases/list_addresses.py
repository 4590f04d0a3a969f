from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.storage import PostAddress, PostStorage
from core.clock import Clock

SITEMAP_MAX = 49_000
"""A sitemap holds at most 50,000 addresses (sitemaps.org); some room stays for the lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAddresses:
    """Search engines learn of everything that visitors can read, newest first."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(self) -> Sequence[PostAddress]:
        self.access.require(Action.READ_POST)
        return await self.posts.list_addresses(now=self.clock.now(), limit=SITEMAP_MAX)
