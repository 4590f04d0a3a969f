"""What is kept and told of a text that visitors may read, or may not any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.access import Action
from core.audit import AuditTrail, Facts
from core.events import Detail, EventKind, Events
from core.publication import publication_status

TRASHED = "trashed"


class Publishable(Protocol):
    """A post, a page, a question."""

    @property
    def id(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def trashed_at(self) -> datetime | None: ...

    def is_readable(self, now: datetime) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """How the steps of one kind of text are called: the actions in the log, the events for those who subscribed.
    *binned* is the event for what visitors could read until it was thrown away."""

    publish: Action
    withdraw: Action
    trash: Action
    restore: Action
    published: EventKind
    updated: EventKind
    withdrawn: EventKind
    binned: EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    audit: AuditTrail
    events: Events
    verbs: Verbs

    async def of_state(self, before: Publishable | None, after: Publishable, *, now: datetime, **more: Detail) -> None:
        """*after* stands in the place of *before* (None: it is new): kept when it was published, withdrawn, thrown away
        or taken back, by whatever use case; told when visitors notice."""
        step = self._step(before, after)
        if step is not None:
            was = _facts(before, now) if before else {}
            await self.audit.record(step, subject=after.id, label=after.title, before=was, after=_facts(after, now))
        was_readable = before is not None and before.is_readable(now)
        if was_readable is not after.is_readable(now):
            lost = self.verbs.binned if after.trashed_at else self.verbs.withdrawn
            await self._tell(lost if was_readable else self.verbs.published, after, now, more)

    async def of_text(self, before: Publishable | None, after: Publishable, *, now: datetime, **more: Detail) -> None:
        """*after* says something else than *before*: told when visitors could read it and still can."""
        if before is not None and before.is_readable(now) and after.is_readable(now):
            await self._tell(self.verbs.updated, after, now, more)

    async def of_hour(self, due: Publishable, *, now: datetime, **more: Detail) -> None:
        """The moment has come from which on *due* was to be read."""
        await self._tell(self.verbs.published, due, now, more)

    def _step(self, before: Publishable | None, after: Publishable) -> Action | None:
        was_public = before is not None and before.is_public
        if before is not None and bool(before.trashed_at) is not bool(after.trashed_at):
            return self.verbs.trash if after.trashed_at else self.verbs.restore
        if after.is_public:
            is_same = was_public and before is not None and before.published_at == after.published_at
            return None if is_same else self.verbs.publish
        return self.verbs.withdraw if was_public else None

    async def _tell(self, kind: EventKind, text: Publishable, now: datetime, more: Mapping[str, Detail]) -> None:
        facts = {name: said for name, said in _facts(text, now).items() if said}
        details = {"slug": text.slug, "title": text.title, "lang": text.lang, **facts, **more}
        await self.events.tell(kind, subject=text.id, details=details)


def _facts(text: Publishable, now: datetime) -> Facts:
    status = publication_status(is_public=text.is_public, published_at=text.published_at, now=now).value
    since = text.published_at.isoformat(timespec="seconds") if text.published_at else ""
    return {"status": TRASHED if text.trashed_at else status, "published_at": since}
