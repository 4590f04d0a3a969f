from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.blog.addresses import PreviewLinkStorage
from core.blog.entities import PostId, PostKind
from core.blog.errors import PreviewNotFound
from core.blog.storage import PostStorage
from core.clock import Clock
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePreview:
    """Whoever may make links to a text ends one: from now on it shows nothing. Refused with PostNotFound, or
    PreviewNotFound when it was not valid any more."""

    access: Access
    posts: PostStorage
    links: PreviewLinkStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, post_id: PostId, link_id: str, *, kind: PostKind | None = None) -> None:
        self.access.require(Action.PREVIEW_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.PREVIEW_POST, on=post)
        link = await self.links.find(link_id)
        now = self.clock.now()
        if link is None or link.post_id != post.id or not link.is_valid(now):
            raise PreviewNotFound
        await self.links.revoke(link.id, at=now)
        told = {"until": link.expires_at.isoformat(timespec="seconds")}
        await self.audit.record(Action.PREVIEW_POST, subject=post.id, label=post.title, before=told)
        await self.transaction.commit()
