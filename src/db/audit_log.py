from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.access import Action
from core.audit import AuditEvent, AuditOutcome, Origin
from core.pagination import Slice
from core.site.audit_log import NAMELESS, AuditActor, AuditFilter, Trimmed
from db import cursors
from db.audit import AuditEventRow
from db.base import columns
from db.site import SiteRow

_KNOWN = frozenset(action.value for action in Action)
MOST_ACTORS = 300
# From one actor to the next by the index: a site has few people and many lines.
_ACTORS = text("""
    WITH RECURSIVE actors AS (
        (SELECT actor_id FROM audit_events WHERE actor_id IS NOT NULL ORDER BY actor_id LIMIT 1)
        UNION ALL
        SELECT (SELECT e.actor_id FROM audit_events e WHERE e.actor_id > a.actor_id ORDER BY e.actor_id LIMIT 1)
        FROM actors a WHERE a.actor_id IS NOT NULL
    )
    SELECT a.actor_id, last.actor_name FROM actors a CROSS JOIN LATERAL (
        SELECT e.actor_name FROM audit_events e WHERE e.actor_id = a.actor_id ORDER BY e.at DESC, e.id DESC LIMIT 1
    ) last
    LIMIT :most
""")
_TRIM = text("SELECT deleted, next_due FROM trim_audit(:request_id)")


class SqlAuditLog:
    def __init__(self, session: AsyncSession, origin: Origin) -> None:
        self._session = session
        self._origin = origin

    async def list_events(self, wanted: AuditFilter, *, cursor: str | None, limit: int) -> Slice[AuditEvent]:
        row = AuditEventRow
        query = select(*columns(row)).where(*_conditions(wanted)).order_by(row.at.desc(), row.id.desc())
        if cursor is not None:
            query = query.where(tuple_(row.at, row.id) < cursors.read(cursor))
        found = (await self._session.execute(query.limit(limit + 1))).mappings().all()
        shown, last = found[:limit], found[limit - 1] if len(found) > limit else None
        return Slice(
            # A line that a newer release wrote stays where it is; this release has no words for it.
            items=[_event(one) for one in shown if one["action"] in _KNOWN],
            next_cursor=cursors.written(last["at"], last["id"]) if last else None,
        )

    async def list_actors(self) -> Sequence[AuditActor]:
        found = await self._session.execute(_ACTORS, {"most": MOST_ACTORS})
        actors = [AuditActor(id=actor_id, name=name) for actor_id, name in found]
        return sorted(actors, key=lambda actor: (actor.name.casefold(), actor.id))

    async def get_days(self) -> int:
        return (await self._session.execute(select(SiteRow.audit_days))).scalar_one()

    async def keep_for(self, days: int) -> None:
        await self._session.execute(update(SiteRow).values(audit_days=days))

    async def trim(self) -> Trimmed:
        deleted, next_due = (await self._session.execute(_TRIM, {"request_id": self._origin.request_id})).one()
        return Trimmed(deleted=deleted, next_due=next_due)


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    row = AuditEventRow
    conditions: list[ColumnElement[bool]] = []
    if wanted.actor in NAMELESS:
        conditions += [row.actor_id.is_(None), row.role == wanted.actor]
    elif wanted.actor:
        conditions.append(row.actor_id == wanted.actor)
    if wanted.action is not None:
        conditions.append(row.action == wanted.action)
    if wanted.subject:
        conditions.append(row.subject == wanted.subject)
    if wanted.outcome is not None:
        conditions.append(row.outcome == wanted.outcome)
    return [*conditions, *_between(wanted.since, wanted.until)]


def _between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    at = AuditEventRow.at
    return [*([at >= since] if since else []), *([at < until] if until else [])]


def _event(row: Mapping[Any, Any]) -> AuditEvent:
    words = {"action": Action(row["action"]), "outcome": AuditOutcome(row["outcome"])}
    return AuditEvent(**{**row, **words})
