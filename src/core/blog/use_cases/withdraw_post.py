from dataclasses import dataclass

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostId, PostKind
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPost:
    """An editor, or an author of the post who may, hides it from visitors. Unchanged when it is hidden.

    Refused with PostNotFound, PostInTrash or StaleVersion.
    """

    access: Access
    posts: PostStorage
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, post_id: PostId, *, expected: int | None = None, kind: PostKind | None = None) -> Post:
        self.access.require(Action.WITHDRAW_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.WITHDRAW_POST, on=post)
        if expected is not None and expected != post.version:
            raise StaleVersion(current=post.version)
        withdrawn = post.withdraw(now=self.clock.now())
        if withdrawn == post:
            return post
        saved = await self.posts.save(withdrawn)
        await self.consequences.of_state(post, saved)
        await self.transaction.commit()
        return saved
