"""What the runner asks of the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from core.tasks import Task, TaskKind
from core.tenancy.entities import Tenant, TenantId


class Claim(Protocol):
    """The right to do what is due of one kind at one site; nobody else has it until this one ends, or its process
    dies."""

    @property
    def tenant(self) -> Tenant: ...

    @property
    def kind(self) -> TaskKind: ...

    async def keep(self) -> None:
        """Raises Unavailable when the claim is lost."""
        ...

    async def settle(self) -> None:
        """All that was due is done, or has another moment."""
        ...

    async def drop(self) -> None:
        """It is to be claimed again."""
        ...


class Wakeups(Protocol):
    async def claim(
        self, kinds: Collection[TaskKind], *, now: datetime, without: Collection[TenantId] = ()
    ) -> Claim | None:
        """What has been due longest at a site that is served, of those that nobody has claimed."""
        ...

    async def next_due(self, kinds: Collection[TaskKind], *, now: datetime) -> datetime | None:
        """The earliest moment after *now* at which something is due."""
        ...


class TaskQueues(Protocol):
    """The sites' queues (core.tasks.TaskQueue); each call is final when it returns."""

    async def begin(self, tenant: Tenant, kind: TaskKind, *, now: datetime) -> Task | None: ...

    async def postpone(self, tenant: Tenant, task: Task, *, error: str, due_at: datetime | None) -> None: ...

    async def wake(self, tenant: Tenant, kind: TaskKind, *, due_at: datetime) -> None:
        """Have *kind* claimed again at *due_at*."""
        ...
