"""What was done by whom: written with the change itself, kept unchanged, trimmed by age only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from core.access import Action
from core.identity import UserId

AuditEventId = NewType("AuditEventId", str)

Facts = Mapping[str, str]
"""What of a thing counts, by the name of its field, as text. Never a secret, a password, a token or a message."""


class AuditOutcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """*subject* is an id, *label* what people call it; *before* and *after* hold what changed and nothing else.

    *actor_name* and *role* are as they were then. *client* is a keyed hash of the address, by a key of the site that
    changes; *token* the API token by which it was done.
    """

    id: AuditEventId
    at: datetime
    action: Action
    outcome: AuditOutcome
    actor_id: UserId | None
    actor_name: str
    role: str
    subject: str = ""
    label: str = ""
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    client: str = ""
    request_id: str = ""
    token: str = ""


class AuditTrail(Protocol):
    """Knows who acts and by which request."""

    async def record(
        self,
        action: Action,
        *,
        subject: str = "",
        label: str = "",
        before: Facts | None = None,
        after: Facts | None = None,
    ) -> None:
        """Write down, within the use case's transaction, that the actor does *action*: call it right before the commit.

        Of *before* and *after* what is equal in both is left out.
        """
        ...


def changed(before: Facts, after: Facts) -> tuple[dict[str, str], dict[str, str]]:
    """Both without what is equal in them."""
    return (
        {name: said for name, said in before.items() if after.get(name) != said},
        {name: said for name, said in after.items() if before.get(name) != said},
    )
