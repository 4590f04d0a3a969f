from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.access import Action
from core.audit import AuditEvent, AuditOutcome, Facts, changed, labelled, new_audit_event_id
from core.identity import ANONYMOUS, OPERATOR, Actor
from core.pagination import Slice
from core.site.audit_log import NAMELESS, AuditActor, AuditFilter, Trimmed
from tests.core.fakes.clock import SetClock
from tests.core.fakes.cursors import after


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    action: Action
    subject: str
    label: str
    before: Facts
    after: Facts
    actor: Actor


@dataclass(slots=True, kw_only=True)
class MemoryAuditTrail:
    """*log* is where somebody may read it."""

    kept: list[Recorded] = field(default_factory=list)
    log: "MemoryAuditLog | None" = None
    actor: Actor = ANONYMOUS

    async def record(
        self,
        action: Action,
        *,
        subject: str = "",
        label: str = "",
        before: Facts | None = None,
        after: Facts | None = None,
        actor: Actor | None = None,
    ) -> None:
        was, became = changed(before or {}, after or {})
        by = actor or self.actor
        self.kept.append(Recorded(action=action, subject=subject, label=label, before=was, after=became, actor=by))
        if self.log is not None:
            self.log.add(action, by, subject=subject, label=labelled(label), before=was, after=became)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    action: Action
    role: str
    subject: str
    label: str
    reason: str


@dataclass(slots=True, kw_only=True)
class MemoryRefusals:
    """They outlive whatever is rolled back: no transaction knows them."""

    kept: list[Refused] = field(default_factory=list)

    def note(
        self, action: Action, *, actor: Actor = ANONYMOUS, subject: str = "", label: str = "", reason: str = ""
    ) -> None:
        self.kept.append(Refused(action=action, role=actor.role, subject=subject, label=label, reason=reason))


@dataclass(slots=True, kw_only=True)
class KeptDays:
    kept: int = 365


@dataclass(slots=True, kw_only=True)
class MemoryAuditLog:
    """*kept* are the lines, *days* for how long they are."""

    clock: SetClock
    kept: list[AuditEvent] = field(default_factory=list)
    days: KeptDays = field(default_factory=KeptDays)

    def add(
        self,
        action: Action,
        actor: Actor,
        *,
        subject: str = "",
        label: str = "",
        before: Facts | None = None,
        after: Facts | None = None,
        at: datetime | None = None,
    ) -> None:
        event = AuditEvent(
            id=new_audit_event_id(),
            at=at or self.clock.now(),
            action=action,
            outcome=AuditOutcome.DONE,
            actor_id=actor.user_id,
            actor_name=actor.name,
            role=actor.role,
            subject=subject,
            label=label,
            before=before or {},
            after=after or {},
        )
        self.kept.append(event)

    async def list_events(self, wanted: AuditFilter, *, cursor: str | None, limit: int) -> Slice[AuditEvent]:
        found = sorted((one for one in self.kept if _fits(one, wanted)), key=_place, reverse=True)
        return after(found, cursor, limit=limit, key=_place)

    async def list_actors(self) -> Sequence[AuditActor]:
        names = {one.actor_id: one.actor_name for one in sorted(self.kept, key=_place) if one.actor_id}
        actors = [AuditActor(id=actor_id, name=name) for actor_id, name in names.items()]
        return sorted(actors, key=lambda actor: (actor.name.casefold(), actor.id))

    async def get_days(self) -> int:
        return self.days.kept

    async def keep_for(self, days: int) -> None:
        self.days.kept = days

    async def trim(self) -> Trimmed:
        now, kept = self.clock.now(), timedelta(days=self.days.kept)
        old = [one for one in self.kept if one.at < now - kept]
        self.kept = [one for one in self.kept if one not in old]
        if old:
            told = {"deleted": str(len(old)), "older_than": f"{now - kept:%Y-%m-%dT%H:%M:%SZ}"}
            self.add(Action.TRIM_AUDIT, OPERATOR, after=told)
        return Trimmed(deleted=len(old), next_due=min(one.at for one in self.kept) + kept if self.kept else None)


def _fits(event: AuditEvent, wanted: AuditFilter) -> bool:
    actor = event.role if event.actor_id is None and event.role in NAMELESS else event.actor_id
    asked = (
        wanted.actor in ("", actor),
        wanted.action in (None, event.action),
        wanted.subject in ("", event.subject),
        wanted.outcome in (None, event.outcome),
        wanted.since is None or event.at >= wanted.since,
        wanted.until is None or event.at < wanted.until,
    )
    return all(asked)


def _place(event: AuditEvent) -> tuple[datetime, str]:
    return event.at, event.id
