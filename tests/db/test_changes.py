import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import psycopg
import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from core.access import Action, PolicyDifference, Scope
from core.errors import Unavailable
from core.identity import Role
from core.profile import TenantProfile
from core.tenancy.entities import Hostname, Tenant
from db.changes import ChangeListener
from db.directory import SqlTenantDirectory
from db.policy import PolicyDifferenceRow, RoleRow
from db.profiles import LIFE, SqlTenantProfiles
from db.registry import SqlTenantRegistry
from db.site import SqlSiteStorage
from db.tenant_session import TenantSessions
from tests.core.fakes.clock import SetClock
from tests.fixtures.database import Database, MakeTenant

PATIENCE = 60.0
"""Seconds. The clock stands still by which a worker would look by itself: what it knows it was told."""


@dataclass(frozen=True)
class Worker:
    """What each worker process has for itself."""

    directory: SqlTenantDirectory
    profiles: SqlTenantProfiles
    listener: ChangeListener


@pytest.fixture
async def workers(database: Database, app_engine: AsyncEngine) -> AsyncIterator[tuple[Worker, Worker]]:
    async with a_worker(database, app_engine) as one, a_worker(database, app_engine) as two:
        yield one, two


@asynccontextmanager
async def a_worker(database: Database, engine: AsyncEngine) -> AsyncIterator[Worker]:
    directory = SqlTenantDirectory(engine, prefix=database.prefix, local_hosts=False)
    profiles = SqlTenantProfiles(TenantSessions(engine), SetClock())
    is_listening = asyncio.Event()

    async def note(_: str | None) -> None:
        is_listening.set()

    listener = ChangeListener(database.app_url, on_change=[directory.follow, profiles.follow, note])
    await directory.start()
    await listener.start()
    try:
        await asyncio.wait_for(is_listening.wait(), 5)
        yield Worker(directory=directory, profiles=profiles, listener=listener)
    finally:
        await listener.stop()


def listening(database: Database) -> list[int]:
    query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'terrace-changes' AND datname = %s"
    with psycopg.connect(database.superuser_url, autocommit=True) as superuser:
        return [pid for (pid,) in superuser.execute(query, [database.prefix])]


def deafen(database: Database) -> None:
    with psycopg.connect(database.superuser_url, autocommit=True) as superuser:
        for pid in listening(database):
            superuser.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])


async def until(is_so: Callable[[], bool], *, within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, f"not within {within} s"
        await asyncio.sleep(0.01)


async def save_title(sessions: TenantSessions, tenant: Tenant, title: str) -> None:
    async with sessions.open(tenant) as session:
        storage = SqlSiteStorage(session)
        await storage.save(replace(await storage.get(), title=title))
        await session.commit()


async def title_becomes(profiles: SqlTenantProfiles, tenant: Tenant, title: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while (await profiles.get(tenant)).site.title != title:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_all_workers_learn_of_a_new_site_and_its_new_hosts(
    workers: tuple[Worker, Worker], tenant_factory: MakeTenant, registry: SqlTenantRegistry
) -> None:
    tenant = await tenant_factory()
    for worker in workers:
        await until(lambda worker=worker: worker.directory.find_by_host(tenant.hosts[0]) == tenant)  # type: ignore[misc]  # the default binds the loop's worker

    moved = replace(tenant, hosts=(Hostname(f"moved.{tenant.slug}.example"),))
    await registry.set_hosts(moved)
    for worker in workers:
        await until(lambda worker=worker: worker.directory.find_by_host(moved.hosts[0]) == moved)  # type: ignore[misc]  # see above
        assert worker.directory.find_by_host(tenant.hosts[0]) is None


async def test_workers_whose_ear_was_cut_off_hear_again(
    workers: tuple[Worker, Worker], tenant_factory: MakeTenant, database: Database
) -> None:
    deafen(database)
    tenant = await tenant_factory()

    for worker in workers:
        await until(lambda worker=worker: worker.directory.find_by_slug(tenant.slug) == tenant)  # type: ignore[misc]  # see above
    await until(lambda: len(listening(database)) == 2)


async def test_what_changed_while_deaf_is_seen_after_reconnecting(
    workers: tuple[Worker, Worker], anna: Tenant, sessions: TenantSessions, database: Database
) -> None:
    for worker in workers:
        await worker.profiles.get(anna)
    deafen(database)
    await save_title(sessions, anna, "Changed while deaf")

    for worker in workers:
        await title_becomes(worker.profiles, anna, "Changed while deaf")


async def test_all_workers_learn_of_changed_settings(
    workers: tuple[Worker, Worker], anna: Tenant, boris: Tenant, sessions: TenantSessions
) -> None:
    before = [(await worker.profiles.get(anna), await worker.profiles.get(boris)) for worker in workers]
    await save_title(sessions, anna, "Changed")

    for worker, (annas, boriss) in zip(workers, before, strict=True):
        await title_becomes(worker.profiles, anna, "Changed")
        assert annas.site.title == "Anna"
        assert await worker.profiles.get(boris) is boriss


REVIEWER = {"key": "reviewer", "name": "Reviewer", "description": "", "base": "viewer", "position": 0}


async def test_all_workers_learn_of_a_changed_policy(
    workers: tuple[Worker, Worker], anna: Tenant, sessions: TenantSessions
) -> None:
    one = workers[0].profiles
    assert (await one.get(anna)).policy.differences == ()
    rows = [
        {"role": "viewer", "action": "post.draft", "scope": "any"},
        {"role": "author", "action": "post.publish", "scope": "none"},
        {"role": "author", "action": "of a newer release", "scope": "any"},
    ]
    async with sessions.open(anna) as session:
        await session.execute(insert(PolicyDifferenceRow).values(rows))
        await session.execute(insert(RoleRow).values(REVIEWER))
        await session.commit()
    expected = (
        PolicyDifference(role=Role.AUTHOR, action=Action.PUBLISH_POST, scope=Scope.NONE),
        PolicyDifference(role=Role.VIEWER, action=Action.DRAFT_POST, scope=Scope.ALL),
    )

    deadline = time.monotonic() + PATIENCE
    while (await one.get(anna)).policy.differences != expected or not (await one.get(anna)).policy.find("reviewer"):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_the_writers_own_process_sees_its_commit_at_once(anna: Tenant, app_engine: AsyncEngine) -> None:
    sessions = TenantSessions(app_engine)
    profiles = SqlTenantProfiles(sessions, SetClock())
    before = await profiles.get(anna)
    async with sessions.open(anna) as session:
        await SqlSiteStorage(session).save(replace(before.site, title="New"))
        assert await profiles.get(anna) is before
        await session.commit()

    assert (await profiles.get(anna)).site.title == "New"


async def test_a_savepoint_is_no_commit(anna: Tenant, app_engine: AsyncEngine) -> None:
    sessions = TenantSessions(app_engine)
    heard: list[str] = []
    sessions.follow(heard.append)
    async with sessions.open(anna) as session:
        async with session.begin_nested():
            settings = await SqlSiteStorage(session).get()
            await SqlSiteStorage(session).save(settings)
        assert heard == []
        await session.commit()

    assert heard == [f"profile:{anna.id}"]


async def test_a_profile_that_was_loaded_during_a_change_is_not_kept(anna: Tenant, app_engine: AsyncEngine) -> None:
    class Slow(SqlTenantProfiles):
        async def _load(self, tenant: Tenant) -> TenantProfile:
            loaded = await super()._load(tenant)
            has_loaded.set()
            await may_return.wait()
            return loaded

    sessions = TenantSessions(app_engine)
    has_loaded, may_return = asyncio.Event(), asyncio.Event()
    profiles = Slow(sessions, SetClock())
    loading = asyncio.create_task(profiles.get(anna))
    await has_loaded.wait()
    await save_title(sessions, anna, "Changed meanwhile")
    may_return.set()

    assert (await loading).site.title == "Anna"
    assert (await profiles.get(anna)).site.title == "Changed meanwhile"


async def test_a_profile_does_not_outlive_its_time_when_nobody_listens(
    anna: Tenant, app_engine: AsyncEngine, sessions: TenantSessions
) -> None:
    clock = SetClock()
    profiles = SqlTenantProfiles(TenantSessions(app_engine), clock)
    await profiles.get(anna)
    await save_title(sessions, anna, "Unheard")
    assert (await profiles.get(anna)).site.title == "Anna"

    clock.pass_(seconds=LIFE.total_seconds())
    assert (await profiles.get(anna)).site.title == "Unheard"


async def test_the_belt_flushes_without_any_change(database: Database, app_engine: AsyncEngine) -> None:
    heard: list[str | None] = []

    async def hear(payload: str | None) -> None:
        heard.append(payload)

    listener = ChangeListener(database.app_url, on_change=[hear], belt=0.05)
    await listener.start()
    await until(lambda: len(heard) >= 3)
    await listener.stop()

    assert set(heard) == {None}


async def test_a_thousand_changes_are_followed_a_few_times(database: Database, anna: Tenant) -> None:
    heard: list[str | None] = []

    async def hear(payload: str | None) -> None:
        await asyncio.sleep(0.01)
        heard.append(payload)

    listener = ChangeListener(database.app_url, on_change=[hear])
    await listener.start()
    await until(lambda: heard == [None])
    async with await psycopg.AsyncConnection.connect(database.owner_url, autocommit=True) as owner:
        for _ in range(1000):
            await owner.execute("NOTIFY terrace_changes, 'directory'")
        await owner.execute("NOTIFY terrace_changes, 'the last'")
    await until(lambda: heard[-1] == "the last")
    await listener.stop()

    assert heard.count("directory") < 100


async def test_a_follower_that_fails_is_told_again(database: Database, anna: Tenant, sessions: TenantSessions) -> None:
    heard: list[str | None] = []

    async def hear(payload: str | None) -> None:
        heard.append(payload)
        if len(heard) < 3:
            raise Unavailable if len(heard) == 1 else RuntimeError

    listener = ChangeListener(database.app_url, on_change=[hear])
    await listener.start()
    await until(lambda: len(heard) == 3)
    await save_title(sessions, anna, "Heard")
    await until(lambda: heard[-1] == f"profile:{anna.id}")
    await listener.stop()
