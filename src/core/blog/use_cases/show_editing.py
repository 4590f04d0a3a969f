from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.history import WorkingCopy, WorkingCopyStorage
from core.blog.storage import PostStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """*copy* is what this person wrote and has not saved, if anything."""

    post: Post
    copy: WorkingCopy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowEditing:
    """Who may edit a post opens it, and finds what she kept aside of it. Refused with PostNotFound, also for what she
    may not see."""

    access: Access
    posts: PostStorage
    copies: WorkingCopyStorage

    async def __call__(self, post_id: PostId, *, kind: PostKind | None = None) -> Editing:
        self.access.require(Action.EDIT_POST)
        post = await self.posts.get(post_id, kind=kind)
        if not self.access.can(Action.READ_UNPUBLISHED_POST, on=post):
            raise PostNotFound
        self.access.require(Action.EDIT_POST, on=post)
        user_id = self.access.actor.user_id
        copy = await self.copies.find(post.id, user_id) if user_id else None
        return Editing(post=post, copy=copy if copy is not None and copy.text != post.text else None)
