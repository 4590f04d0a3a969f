from dataclasses import dataclass

from core.access import Access, Action
from core.blog.addresses import PreviewLinkStorage, PreviewTokens
from core.blog.entities import Post
from core.blog.errors import PostNotFound, PreviewNotFound
from core.blog.reading import Reading, shown_cover
from core.blog.storage import PostStorage
from core.clock import Clock
from core.markdown import SurroundingsStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPreview:
    """Whoever has its link reads a post as readers will, public or not. Refused with PreviewNotFound: for a link that
    is not ours, expired or revoked, and for a post in the trash, all alike."""

    access: Access
    links: PreviewLinkStorage
    tokens: PreviewTokens
    posts: PostStorage
    surroundings: SurroundingsStorage
    clock: Clock

    async def __call__(self, token: str, *, preferred: str) -> Reading:
        self.access.require(Action.READ_POST)
        post = await self._post(token)
        around = await self.posts.look_around(post, now=self.clock.now(), preferred=preferred)
        return Reading(post=post, around=around, cover=await shown_cover(post, self.surroundings))

    async def _post(self, token: str) -> Post:
        link_id = self.tokens.read(token)
        link = await self.links.find(link_id) if link_id else None
        if link is None or not link.is_valid(self.clock.now()):
            raise PreviewNotFound
        try:
            post = await self.posts.get(link.post_id)
        except PostNotFound:
            raise PreviewNotFound from None
        if post.trashed_at is not None:
            raise PreviewNotFound
        return post
