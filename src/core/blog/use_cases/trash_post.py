from dataclasses import dataclass

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashPost:
    """An editor, or the author of a post, puts it into the trash; a public one needs the right to withdraw it.

    Refused with PostNotFound (also when it lies there already) or StaleVersion.
    """

    access: Access
    posts: PostStorage
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, post_id: PostId, *, expected: int | None = None, kind: PostKind | None = None) -> None:
        self.access.require(Action.TRASH_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.TRASH_POST, on=post)
        if post.is_public:
            self.access.require(Action.WITHDRAW_POST, on=post)
        if post.trashed_at is not None:
            raise PostNotFound
        if expected is not None and expected != post.version:
            raise StaleVersion(current=post.version)
        saved = await self.posts.save(post.trash(at=self.clock.now()))
        await self.consequences.of_state(post, saved)
        await self.transaction.commit()
