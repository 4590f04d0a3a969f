"""Messages as rows of a table, for other programs."""

from __future__ import annotations

import csv
import re
from collections.abc import AsyncIterator, Sequence
from io import StringIO

from core.contacts.entities import Message

COLUMNS = (
    *("received_at", "state", "name", "email", "telegram", "other", "message", "extra", "note"),
    *("assignee", "replies", "consent"),
)
MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""
_RISKY = re.compile(r"[\s']*[=+\-@\t\r]")


async def written(parts: AsyncIterator[Sequence[Message]]) -> AsyncIterator[bytes]:
    """CSV with a head, in UTF-8, as *parts* come."""
    yield (MARK + _lines([COLUMNS])).encode()
    async for part in parts:
        yield _lines([_row(message) for message in part]).encode()


def guarded(words: str) -> str:
    """A spreadsheet takes what begins so for a formula, unless an apostrophe stands before it."""
    return f"'{words}" if _RISKY.match(words) else words


def _row(message: Message) -> tuple[str, ...]:
    cells = (
        message.received_at.isoformat(timespec="seconds"),
        message.state.value,
        *(message.name, message.email, message.telegram, message.other, message.text),
        "\n".join(f"{extra.label}: {extra.value}" for extra in message.extra),
        message.note,
        message.assignee_id or "",
        "\n\n".join(f"{one.at.isoformat(timespec='seconds')} {one.by_name}:\n{one.text}" for one in message.replies),
        message.consent,
    )
    return tuple(map(guarded, cells))


def _lines(rows: Sequence[Sequence[str]]) -> str:
    told = StringIO()
    csv.writer(told).writerows(rows)
    return told.getvalue()
