"""The site's log as a file: a table for people, a line of JSON for each event for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from enum import StrEnum
from io import StringIO

from core.audit import AuditEvent, Facts
from core.contacts.tables import MARK, guarded
from entrypoints.http.audit_words import actor_name, sentence
from entrypoints.http.translations import Catalogue

BATCH = 200
COLUMNS = (
    *("at", "what", "label", "who", "role", "outcome", "action", "subject", "before", "after"),
    *("client", "request_id", "token", "actor_id", "id"),
)


class AuditForm(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


MEDIA_TYPES = {AuditForm.CSV: "text/csv; charset=utf-8", AuditForm.JSONL: "application/jsonl"}


def written(events: AsyncIterator[AuditEvent], form: AuditForm, catalogue: Catalogue) -> AsyncGenerator[bytes, None]:
    """As *events* come; *catalogue* is the language of the table's sentences."""
    return _as_table(events, catalogue) if form is AuditForm.CSV else _as_lines(events)


def members(event: AuditEvent) -> dict[str, object]:
    """As programs read it."""
    return {
        "id": event.id,
        "at": event.at.isoformat().replace("+00:00", "Z"),
        "action": event.action.value,
        "outcome": event.outcome.value,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "role": event.role,
        "subject": event.subject,
        "label": event.label,
        "before": dict(event.before),
        "after": dict(event.after),
        "client": event.client,
        "request_id": event.request_id,
        "token": event.token,
    }


async def _as_lines(events: AsyncIterator[AuditEvent]) -> AsyncGenerator[bytes, None]:
    async for batch in _batches(events):
        yield "".join(json.dumps(members(event), ensure_ascii=False) + "\n" for event in batch).encode()


async def _as_table(events: AsyncIterator[AuditEvent], catalogue: Catalogue) -> AsyncGenerator[bytes, None]:
    yield (MARK + _table([COLUMNS])).encode()
    async for batch in _batches(events):
        yield _table([[guarded(cell) for cell in _row(event, catalogue)] for event in batch]).encode()


async def _batches(events: AsyncIterator[AuditEvent]) -> AsyncIterator[list[AuditEvent]]:
    batch: list[AuditEvent] = []
    async for event in events:
        batch.append(event)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _row(event: AuditEvent, catalogue: Catalogue) -> Sequence[str]:
    made: dict[str, Callable[[], str]] = {
        "what": lambda: sentence(catalogue, event),
        "who": lambda: actor_name(catalogue, event),
        "before": lambda: _facts(event.before),
        "after": lambda: _facts(event.after),
    }
    plain = members(event)
    return [made[name]() if name in made else str(plain[name] or "") for name in COLUMNS]


def _facts(facts: Facts) -> str:
    return "\n".join(f"{name}: {said}" for name, said in facts.items())


def _table(rows: Sequence[Sequence[str]]) -> str:
    told = StringIO()
    csv.writer(told).writerows(rows)
    return told.getvalue()
