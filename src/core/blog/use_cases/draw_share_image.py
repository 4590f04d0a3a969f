from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import PostKind
from core.blog.errors import PostNotFound
from core.blog.storage import PostStorage
from core.clock import Clock
from core.share import ShareCard, ShareImages
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawShareImage:
    """Anybody gets the picture that stands beside a link to a post or page. Refused with PostNotFound."""

    access: Access
    posts: PostStorage
    images: ShareImages
    clock: Clock
    transaction: Transaction

    async def __call__(self, kind: PostKind, slug: str, *, site_id: str, site: str, accent: str) -> bytes:
        self.access.require(Action.READ_POST)
        post = await self.posts.find_readable(slug, now=self.clock.now(), kind=kind)
        if post is None:
            raise PostNotFound
        await self.transaction.rest()
        card = ShareCard(
            site_id=site_id,
            title=post.title,
            site=site,
            detail=post.author_name if kind is PostKind.POST and post.author_name != site else "",
            accent=accent,
        )
        return await self.images.draw(card)
