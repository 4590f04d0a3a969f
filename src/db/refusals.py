"""Refusals on their way into the site's log: gathered while the request is answered, written when it has been."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, Insert, func, insert, literal, select

from core.access import Action
from core.audit import AuditEvent, AuditOutcome, Origin, labelled, new_audit_event_id
from core.clock import Clock
from core.identity import ANONYMOUS, Actor
from core.tenancy.entities import Tenant, TenantId
from db.audit import AuditEventRow, trimmed_after
from db.base import columns, values_of
from db.tenant_session import TenantSessions

MOST_OF_A_REQUEST = 5
MOST_OF_A_CLIENT = 30
MOST_OF_A_SITE = 500
WINDOW = timedelta(hours=1)
QUIET = timedelta(minutes=1)
QUIET_ONES = 10_000
WRITERS = 2
WAITING = 50
SECONDS = 3.0

_log = structlog.get_logger(__name__)


class NotedRefusals:
    """Those of one request (Refusals); the same one is kept once."""

    def __init__(self, clock: Clock, origin: Origin) -> None:
        self._clock = clock
        self._origin = origin
        self.noted: dict[tuple[Action, str], AuditEvent] = {}

    def note(
        self, action: Action, *, actor: Actor = ANONYMOUS, subject: str = "", label: str = "", reason: str = ""
    ) -> None:
        if (action, subject) in self.noted or len(self.noted) >= MOST_OF_A_REQUEST:
            return
        self.noted[action, subject] = AuditEvent(
            id=new_audit_event_id(),
            at=self._clock.now(),
            action=action,
            outcome=AuditOutcome.REFUSED,
            actor_id=actor.user_id,
            actor_name=actor.name,
            role=actor.role,
            subject=labelled(subject),
            label=labelled(label),
            after={"reason": reason} if reason else {},
            client=self._origin.client,
            request_id=self._origin.request_id,
            token=actor.token_id or "",
        )


class SqlRefusals:
    """Writes them, for all requests of a process: a few at a time, so that however many are refused, others get their
    connections; and not at all for a while where a client or a site has had its share."""

    def __init__(self, sessions: TenantSessions) -> None:
        self._sessions = sessions
        self._writers = asyncio.Semaphore(WRITERS)
        self._waiting = 0
        self._quiet: dict[tuple[TenantId, str], datetime] = {}

    async def write(self, tenant: Tenant, events: Sequence[AuditEvent]) -> None:
        """Never raises: the answer has been given, and stands without its line."""
        loud = [event for event in events if not self._is_quiet(tenant, event)]
        if not loud or self._waiting >= WAITING:
            return
        self._waiting += 1
        try:
            async with asyncio.timeout(SECONDS), self._writers:
                await self._write(tenant, loud)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody waits for this any more
            _log.warning("refusals are not in the site's log", error=str(error), refusals=len(loud))
        finally:
            self._waiting -= 1

    async def _write(self, tenant: Tenant, events: Sequence[AuditEvent]) -> None:
        async with self._sessions.open_short(tenant) as session:
            for event in events:
                if await session.scalar(_bounded(event)) is None:
                    self._silence(tenant, event)
                else:
                    await session.execute(trimmed_after(event.at))
            await session.commit()

    def _is_quiet(self, tenant: Tenant, event: AuditEvent) -> bool:
        return self._quiet.get((tenant.id, event.client), event.at) > event.at

    def _silence(self, tenant: Tenant, event: AuditEvent) -> None:
        if len(self._quiet) >= QUIET_ONES:
            self._quiet.clear()
        self._quiet[tenant.id, event.client] = event.at + QUIET


def _bounded(event: AuditEvent) -> Insert:
    """*event* written down unless its client or the site has had its share; answers its id when it was."""
    row, since = AuditEventRow, event.at - WINDOW
    recent = (row.outcome == AuditOutcome.REFUSED, row.at > since)
    values = values_of(event)
    line = select(*(literal(values[column.key], column.type) for column in columns(row))).where(
        _fewer(MOST_OF_A_CLIENT, *recent, row.client == event.client), _fewer(MOST_OF_A_SITE, *recent)
    )
    adding = insert(row).from_select([column.key for column in columns(row)], line, include_defaults=False)
    return adding.returning(row.id)


def _fewer(most: int, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    counted = select(literal(1)).select_from(AuditEventRow).where(*wanted).limit(most).subquery()
    return select(func.count()).select_from(counted).scalar_subquery() < most
