"""The site's log as it is read and kept: who did what, when, and for how long that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.access import Action
from core.audit import AuditEvent, AuditOutcome
from core.errors import Problem
from core.identity import Role
from core.pagination import Slice
from core.text import N_

LEAST_DAYS, MOST_DAYS = 30, 3650
NAMELESS = (Role.OPERATOR, Role.VISITOR)
"""Those who act without being a user of the site: as an actor of the log they are named by their role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """*actor* is a user's id or one of NAMELESS, *since* the first moment, *until* the first that is too late."""

    actor: str = ""
    action: Action | None = None
    subject: str = ""
    outcome: AuditOutcome | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = AuditFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditActor:
    """A user who has done something, by the name that she had the last time; *id* may be that of nobody by now."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """*next_due* is when the oldest line that is left will be too old; None when none is left."""

    deleted: int
    next_due: datetime | None


class AuditLog(Protocol):
    """Nobody can change a line of it, nor take one away that is not too old."""

    async def list_events(self, wanted: AuditFilter, *, cursor: str | None, limit: int) -> Slice[AuditEvent]:
        """The newest first. Raises Invalid on a cursor that is none."""
        ...

    async def list_actors(self) -> Sequence[AuditActor]:
        """The users who stand in it, by name; not more than a few hundred."""
        ...

    async def get_days(self) -> int:
        """For how many days a line is kept."""
        ...

    async def keep_for(self, days: int) -> None:
        """*days* is at least LEAST_DAYS and at most MOST_DAYS."""
        ...

    async def trim(self) -> Trimmed:
        """Take away what is too old by the database's own clock, with a line that says how much."""
        ...


def days_problem(days: int) -> Problem | None:
    if LEAST_DAYS <= days <= MOST_DAYS:
        return None
    message = N_("Please choose between %(least)d and %(most)d days.")
    return Problem.of("days", message, least=LEAST_DAYS, most=MOST_DAYS)
