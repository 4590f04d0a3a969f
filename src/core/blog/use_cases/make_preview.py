from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.blog.addresses import PREVIEW_DAYS, PreviewLinkStorage, PreviewTokens, new_preview_link
from core.blog.entities import PostId, PostKind
from core.blog.errors import PostInTrash
from core.blog.previews import PREVIEWS_MAX, Preview, TooManyPreviews, refuse_days
from core.blog.storage import PostStorage
from core.clock import Clock
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePreview:
    """An editor, or the author of a text, makes a link for somebody who may see it before it is public, for some days.

    Refused with PostNotFound, Invalid, PostInTrash or TooManyPreviews.
    """

    access: Access
    posts: PostStorage
    links: PreviewLinkStorage
    tokens: PreviewTokens
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, post_id: PostId, *, days: int = PREVIEW_DAYS, kind: PostKind | None = None) -> Preview:
        self.access.require(Action.PREVIEW_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.PREVIEW_POST, on=post)
        refuse_days(days)
        if post.trashed_at is not None:
            raise PostInTrash
        now = self.clock.now()
        valid = [link for link in await self.links.list_of(post.id, now=now) if link.is_valid(now)]
        if len(valid) >= PREVIEWS_MAX:
            raise TooManyPreviews
        link = new_preview_link(post.id, by=self.access.actor.name, at=now, days=days)
        await self.links.add(link)
        told = {"until": link.expires_at.isoformat(timespec="seconds")}
        await self.audit.record(Action.PREVIEW_POST, subject=post.id, label=post.title, after=told)
        await self.transaction.commit()
        return Preview(link=link, token=self.tokens.make(link.id))
