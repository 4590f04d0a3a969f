"""What roles demand of the outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.identity import RoleKey
from core.policy import SitePolicy
from core.roles.entities import RoleBook
from core.roles.explained import Person, Thing


class RoleStorage(Protocol):
    async def policy(self) -> SitePolicy:
        """The site's policy as it stands in the database now."""
        ...

    async def hold(self) -> None:
        """No role ends before the present transaction does. Ask for it before any other lock."""
        ...

    async def get(self) -> RoleBook: ...

    async def lock(self) -> RoleBook:
        """Like get, and until the transaction ends nobody gives a role; waits for all who are about to."""
        ...

    async def save(self, book: RoleBook) -> RoleBook:
        """Write all of it under the next version and tell all workers. Raises StaleVersion."""
        ...

    async def people(self, now: datetime) -> Mapping[RoleKey, int]:
        """How many have each role or are invited to it; roles that nobody has are not in it."""
        ...

    async def move_people(self, role: RoleKey, to: RoleKey) -> None:
        """Everybody who has *role*, or is invited to it, has *to* instead."""
        ...


class AskedThings(Protocol):
    """What an explanation can be about."""

    async def person(self, known_as: str) -> Person | None:
        """By id, or by e-mail address in any case."""
        ...

    async def thing(self, kind: str, thing_id: str, now: datetime) -> Thing | None:
        """A thing of one of the kinds in SEEN_BY, in the trash too; *now* decides what is public."""
        ...
