from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.addresses import PreviewLinkStorage, PreviewTokens
from core.blog.entities import PostId, PostKind
from core.blog.previews import Preview
from core.blog.storage import PostStorage
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPreviews:
    """Whoever may make links to a text sees those that are valid, newest first. Refused with PostNotFound."""

    access: Access
    posts: PostStorage
    links: PreviewLinkStorage
    tokens: PreviewTokens
    clock: Clock

    async def __call__(self, post_id: PostId, *, kind: PostKind | None = None) -> Sequence[Preview]:
        self.access.require(Action.PREVIEW_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.PREVIEW_POST, on=post)
        now = self.clock.now()
        found = await self.links.list_of(post.id, now=now)
        return [Preview(link=link, token=self.tokens.make(link.id)) for link in found if link.is_valid(now)]
