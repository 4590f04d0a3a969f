from dataclasses import dataclass

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostId
from core.blog.storage import PostStorage
from core.clock import Clock
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePost:
    """An editor, or the author of a post, takes it out of the trash as it was. A public one needs the right to publish.

    Refused with PostNotFound.
    """

    access: Access
    posts: PostStorage
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, post_id: PostId) -> Post:
        self.access.require(Action.RESTORE_POST)
        post = await self.posts.get(post_id)
        self.access.require(Action.RESTORE_POST, on=post)
        if post.is_public:
            self.access.require(Action.PUBLISH_POST, on=post)
        restored = post.restore()
        if restored == post:
            return post
        # Told now if visitors can read it at once: not once more by the runner.
        saved = await self.posts.save(restored.announce(at=self.clock.now()))
        await self.consequences.of_state(post, saved)
        await self.transaction.commit()
        return saved
