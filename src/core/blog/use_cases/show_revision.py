from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import Revision, RevisionStorage
from core.blog.storage import PostStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRevision:
    """*post* as it stands, and one of its states."""

    post: Post
    revision: Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRevision:
    """Whoever may see a text before it is public sees one of its earlier states. Refused with PostNotFound or
    RevisionNotFound."""

    access: Access
    posts: PostStorage
    revisions: RevisionStorage

    async def __call__(self, post_id: PostId, number: int, *, kind: PostKind | None = None) -> ShownRevision:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.READ_UNPUBLISHED_POST, on=post)
        return ShownRevision(post=post, revision=await self.revisions.get(post.id, number))
