from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import WorkingCopyStorage
from core.blog.storage import PostStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardWorkingCopy:
    """Who may edit a post forgets what she kept aside of it; the post stays as it is. Nothing happens when there is
    nothing. Refused with PostNotFound."""

    access: Access
    posts: PostStorage
    copies: WorkingCopyStorage
    transaction: Transaction

    async def __call__(self, post_id: PostId, *, kind: PostKind | None = None) -> Post:
        self.access.require(Action.EDIT_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.EDIT_POST, on=post)
        user_id = self.access.actor.user_id
        if user_id is not None:
            await self.copies.discard(post.id, user_id)
            await self.transaction.commit()
        return post
