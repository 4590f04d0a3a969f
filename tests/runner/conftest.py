"""Runners in this process over the run's real database, with use cases that note what they did."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from dishka import AsyncContainer, Provider, Scope, from_context, make_async_container, provide
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.tasks import Task, TaskKind, TaskStorage
from core.tenancy.entities import Tenant
from core.transaction import Transaction
from db.tasks import SqlTaskStorage
from db.tenant_session import PLATFORM, Binding, TenantSessions, bound
from db.transaction import SqlTransaction
from db.wakeups import SqlTaskQueues, SqlWakeups, WakeupRow
from entrypoints.http.metrics import Metrics
from entrypoints.runner.bell import Bell
from entrypoints.runner.handlers import Handler
from entrypoints.runner.running import Runner
from tests.core.fakes.clock import SetClock
from tests.fixtures.database import Database

KIND = TaskKind.EMPTY_TRASH
OTHER = TaskKind.DELETE_FILES
Step = Callable[["Worker", Task], Awaitable[None]]


@dataclass
class Diary:
    """What the workers did: site and subject of each try, and of what was finished; *step* happens in between."""

    tried: list[tuple[str, str]] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    step: Step | None = None


@dataclass
class Worker:
    """A use case that does its *diary*'s step, and finishes the task."""

    tenant: Tenant
    tasks: TaskStorage
    transaction: Transaction
    diary: Diary

    async def __call__(self, task: Task) -> None:
        self.diary.tried.append((self.tenant.slug, task.subject))
        if self.diary.step is not None:
            await self.diary.step(self, task)
        await self.tasks.finish(task)
        await self.transaction.commit()
        self.diary.done.append((self.tenant.slug, task.subject))


class Other(Worker):
    """Of another kind."""


class Forgetful(Worker):
    """Never says that it has finished."""

    async def __call__(self, task: Task) -> None:
        self.diary.tried.append((self.tenant.slug, task.subject))


class WorkProvider(Provider):
    scope = Scope.REQUEST

    tenant = from_context(Tenant)
    tasks = provide(SqlTaskStorage, provides=TaskStorage)
    transaction = provide(SqlTransaction, provides=Transaction)
    worker = provide(Worker)
    other = provide(Other)
    forgetful = provide(Forgetful)

    def __init__(self, sessions: TenantSessions, diary: Diary) -> None:
        super().__init__()
        self._sessions = sessions
        self._diary = diary

    @provide
    async def session(self, tenant: Tenant) -> AsyncIterator[AsyncSession]:
        async with self._sessions.open(tenant) as session:
            yield session

    @provide
    def diary(self) -> Diary:
        return self._diary


@dataclass(frozen=True, kw_only=True)
class Yard:
    """Two sites at which something can be due."""

    sessions: TenantSessions
    wakeups: SqlWakeups
    queues: SqlTaskQueues
    clock: SetClock
    diary: Diary
    bell: Bell
    metrics: Metrics
    sites: AsyncContainer

    def runner(self, handlers: Mapping[TaskKind, type[Handler]] | None = None) -> Runner:
        wanted = handlers or {KIND: Worker, OTHER: Other}
        return Runner(self.sites, self.wakeups, self.queues, self.clock, self.metrics, self.bell, wanted)

    async def due(self, tenant: Tenant, *subjects: str, kind: TaskKind = KIND, **later: float) -> None:
        """*later* than now, as timedelta takes it."""
        await self.due_at(tenant, self.clock.now() + timedelta(**later), *subjects, kind=kind)

    async def due_at(self, tenant: Tenant, moment: datetime, *subjects: str, kind: TaskKind = KIND) -> None:
        async with self.sessions.open(tenant) as session:
            for subject in subjects:
                await SqlTaskStorage(session).add(kind, subject=subject, due_at=moment)
            await session.commit()

    async def left(self, tenant: Tenant) -> list[Task]:
        async with self.sessions.open(tenant) as session:
            return list(await SqlTaskStorage(session).list_all())


@pytest.fixture
async def yard(
    database: Database, app_engine: AsyncEngine, owner_engine: AsyncEngine, sessions: TenantSessions
) -> AsyncIterator[Yard]:
    async with bound(owner_engine, Binding(PLATFORM)).begin() as connection:
        await connection.execute(delete(WakeupRow))
    diary = Diary()
    sites = make_async_container(WorkProvider(sessions, diary))
    yield Yard(
        sessions=sessions,
        wakeups=SqlWakeups(app_engine, prefix=database.prefix, local_hosts=False),
        queues=SqlTaskQueues(sessions),
        clock=SetClock(),
        diary=diary,
        bell=Bell(),
        metrics=Metrics(),
        sites=sites,
    )
    await sites.close()
