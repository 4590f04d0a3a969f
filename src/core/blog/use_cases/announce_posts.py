import logging
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.storage import PostStorage
from core.clock import Clock
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction

BATCH = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncePosts:
    """The runner follows up, once, whatever has become public since the last time: texts that link to it are rendered
    again, and those who subscribed hear of it. Refused with TaskTaken."""

    access: Access
    posts: PostStorage
    tasks: TaskStorage
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.ANNOUNCE_POSTS)
        now = self.clock.now()
        due = await self.posts.list_unannounced(now=now, limit=BATCH)
        await self.posts.mark_announced([post.id for post in due], at=now)
        for post in due:
            await self.tasks.add(TaskKind.RENDER_AGAIN, subject=f"{post.kind.value}:{post.slug}", due_at=now)
        next_at = now if len(due) == BATCH else await self.posts.next_publication(now=now)
        if next_at is not None:
            # Each scheduled post has a task of its own; this one stands in for any that was lost.
            await self.tasks.add(TaskKind.ANNOUNCE_POSTS, due_at=next_at)
        for post in due:
            await self.consequences.of_hour(post)
        await self.tasks.finish(task)
        await self.transaction.commit()
        for post in due:
            _log.info("post_published", extra={"post": post.id})
