import logging
from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostId
from core.blog.storage import PostStorage
from core.blog.typesetter import Typesetter
from core.clock import Clock
from core.rendering import GOING_ON, OUTDATED
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction

BATCH = 50

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderAgain:
    """The runner renders texts anew: those that mention the task's subject, or, for the subject "outdated", those that
    an older renderer made. What is edited meanwhile stays as it was edited. Refused with TaskTaken."""

    access: Access
    posts: PostStorage
    typesetter: Typesetter
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.RENDER_AGAIN)
        if task.subject == OUTDATED:
            found = await self.posts.list_outdated(self.typesetter.markdown.version, limit=BATCH)
        else:
            subject, _, after = task.subject.partition(GOING_ON)
            found = await self.posts.list_mentioning([subject], limit=BATCH, after=PostId(after) if after else None)
        done, failure = await self._render_all(found)
        is_told = await self._tell_the_matrix(task.subject)
        if failure is not None and not done:
            if is_told:
                await self.transaction.commit()
            raise failure
        if following := _following(task.subject, found):
            await self.tasks.add(TaskKind.RENDER_AGAIN, subject=following, due_at=self.clock.now())
        await self.tasks.finish(task)
        await self.transaction.commit()

    async def _tell_the_matrix(self, subject: str) -> bool:
        """Its answers may mention the same; they have a task of their own, whatever becomes of this one."""
        if subject == OUTDATED or GOING_ON in subject:
            return False
        await self.tasks.add(TaskKind.RENDER_QUESTIONS, subject=subject, due_at=self.clock.now())
        return True

    async def _render_all(self, posts: Sequence[Post]) -> tuple[int, Exception | None]:
        """How many went well, and what was wrong with the last that did not."""
        done, failure = 0, None
        for post in posts:
            try:
                rendered = await self.typesetter.render(post.text)
            except Exception as error:  # noqa: BLE001 - one text that cannot be rendered holds up none of the others
                _log.warning("post_not_rendered", extra={"post": post.id}, exc_info=error)
                failure = error
                continue
            await self.posts.save_rendered(post.rendered_anew(rendered))
            await self.transaction.commit()
            done += 1
        return done, failure


def _following(subject: str, found: Sequence[Post]) -> str:
    """The subject of the task that goes on, or nothing when all is done. What is asked for anew meanwhile begins at the
    beginning: it is a task of its own."""
    if subject == OUTDATED:
        return OUTDATED if found else ""
    return f"{subject.partition(GOING_ON)[0]}{GOING_ON}{found[-1].id}" if len(found) == BATCH else ""
