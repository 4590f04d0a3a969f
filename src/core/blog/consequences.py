"""What has to follow when a text changed: its history, its old addresses, the texts that speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.audit import AuditTrail
from core.blog.addresses import RedirectStorage, address_of
from core.blog.entities import Post
from core.blog.history import RevisionStorage, WorkingCopyStorage, revision_of
from core.chronicle import Chronicle, Verbs
from core.clock import Clock
from core.events import EventKind, Events
from core.tasks import TaskKind, TaskStorage
from core.trash import KEPT_IN_TRASH

VERBS = Verbs(
    publish=Action.PUBLISH_POST,
    withdraw=Action.WITHDRAW_POST,
    trash=Action.TRASH_POST,
    restore=Action.RESTORE_POST,
    published=EventKind.POST_PUBLISHED,
    updated=EventKind.POST_UPDATED,
    withdrawn=EventKind.POST_WITHDRAWN,
    binned=EventKind.POST_TRASHED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """Written in the transaction of the change itself, so that one never stands without the other: history, addresses,
    tasks, the site's log, and what those hear who subscribed."""

    access: Access
    revisions: RevisionStorage
    copies: WorkingCopyStorage
    redirects: RedirectStorage
    tasks: TaskStorage
    audit: AuditTrail
    events: Events
    clock: Clock

    async def of_text(self, before: Post | None, after: Post, *, is_auto: bool = False) -> None:
        """*after* has been saved in the place of *before* (None: it is new)."""
        actor = self.access.actor
        await self.revisions.add(revision_of(after, actor, is_auto=is_auto))
        if before is None:
            await self.redirects.drop(address_of(after.kind, after.slug))
            if not after.is_readable(self.clock.now()):  # what can be read at once is told of with its state
                await self._tell_of(after)
            return
        if actor.user_id is not None:
            await self.copies.discard(after.id, actor.user_id)
        if before.slug != after.slug:
            await self.redirects.drop(address_of(after.kind, after.slug))
            await self.redirects.point(address_of(before.kind, before.slug), after.id)
            await self._tell_of(before)
        if (before.slug, before.title) != (after.slug, after.title):
            await self._tell_of(after)
        await self._chronicle.of_text(before, after, now=self.clock.now(), **_shown_as(after))

    async def of_state(self, before: Post, after: Post) -> None:
        """*after* is public, hidden or thrown away where *before* was not."""
        now = self.clock.now()
        if before.is_readable(now) is not after.is_readable(now):
            await self._tell_of(after)
        await self.tasks.cancel(TaskKind.ANNOUNCE_POSTS, subject=after.id)
        if _is_due_later(after, now) and after.published_at is not None:
            await self.tasks.add(TaskKind.ANNOUNCE_POSTS, subject=after.id, due_at=after.published_at)
        if before.trashed_at != after.trashed_at:
            await self.tasks.cancel(TaskKind.EMPTY_TRASH, subject=after.id)
            if after.trashed_at is not None:
                due_at = after.trashed_at + KEPT_IN_TRASH
                await self.tasks.add(TaskKind.EMPTY_TRASH, subject=after.id, due_at=due_at)
        await self._chronicle.of_state(before, after, now=now, **_shown_as(after))

    async def of_hour(self, post: Post) -> None:
        """The moment has come for which *post* had been published."""
        await self._chronicle.of_hour(post, now=self.clock.now(), **_shown_as(post))

    @property
    def _chronicle(self) -> Chronicle:
        return Chronicle(audit=self.audit, events=self.events, verbs=VERBS)

    async def _tell_of(self, post: Post) -> None:
        """Texts that link to *post* are rendered again."""
        subject = f"{post.kind.value}:{post.slug}"
        await self.tasks.add(TaskKind.RENDER_AGAIN, subject=subject, due_at=self.clock.now())


def _shown_as(post: Post) -> dict[str, str]:
    """What subscribers hear of a post beyond what all texts have."""
    return {"kind": post.kind.value, "path": address_of(post.kind, post.slug)}


def _is_due_later(post: Post, now: datetime) -> bool:
    return post.is_public and post.trashed_at is None and post.published_at is not None and post.published_at > now
