from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostId, PostKind
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPost:
    """An editor, or an author of the post who may, makes it public, at once or from *at* on.

    Unchanged when it already is. Refused with PostNotFound, NotReady, PostInTrash or StaleVersion.
    """

    access: Access
    posts: PostStorage
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(
        self,
        post_id: PostId,
        *,
        at: datetime | None = None,
        expected: int | None = None,
        kind: PostKind | None = None,
    ) -> Post:
        self.access.require(Action.PUBLISH_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.PUBLISH_POST, on=post)
        if expected is not None and expected != post.version:
            raise StaleVersion(current=post.version)
        now = self.clock.now()
        published = post.publish(at=at or now, now=now)
        if published == post:
            return post
        saved = await self.posts.save(published.announce(at=now))
        await self.consequences.of_state(post, saved)
        await self.transaction.commit()
        return saved
