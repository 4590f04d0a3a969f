import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.comparison import differences
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import Revision, RevisionStorage
from core.blog.storage import PostStorage
from core.diff import Difference
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How *post* came from *old* to *new* (None: to the present state)."""

    post: Post
    old: Revision
    new: Revision | None
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRevisions:
    """Whoever may see a text before it is public sees what changed between two of its states, or since one of them
    (*new* None). Refused with PostNotFound or RevisionNotFound."""

    access: Access
    posts: PostStorage
    revisions: RevisionStorage
    transaction: Transaction

    async def __call__(
        self, post_id: PostId, *, old: int, new: int | None = None, kind: PostKind | None = None
    ) -> Comparison:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.READ_UNPUBLISHED_POST, on=post)
        before = await self.revisions.get(post.id, old)
        after = await self.revisions.get(post.id, new) if new is not None else None
        await self.transaction.rest()
        found = await asyncio.to_thread(differences, before.text, after.text if after else post.text)
        return Comparison(post=post, old=before, new=after, differences=found)
