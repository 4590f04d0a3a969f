"""What is due is done: once, by one runner, and again when that one died."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import Unavailable
from core.tasks import MOST_ATTEMPTS, Task, TaskInVain, TaskKind
from core.tenancy.entities import Tenant, TenantState
from db.platform import TenantOfPlatformRow
from db.tasks import TaskRow
from db.tenant_session import PLATFORM, Binding, bound
from db.wakeups import SqlWakeups
from entrypoints.runner.claims import Claim
from tests.fixtures.database import Database, MakeTenant
from tests.fixtures.statements import statements
from tests.runner.conftest import KIND, OTHER, Forgetful, Other, Worker, Yard

LONG_ENOUGH = 30


async def test_what_is_due_is_done_once_and_gone(yard: Yard, anna: Tenant, boris: Tenant) -> None:
    await yard.due(anna, "one", "two")
    await yard.due(boris, "one", kind=OTHER)
    await yard.due(boris, "later", hours=1)
    outcomes = await yard.runner().run_due()

    assert outcomes == {"done": 3}
    assert sorted(yard.diary.done) == [("anna", "one"), ("anna", "two"), ("boris", "one")]
    assert [task.subject for task in await yard.left(boris)] == ["later"]
    assert await yard.runner().run_due() == {}


async def test_what_was_done_is_counted_and_how_late_it_was(
    yard: Yard, anna: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    await yard.due(anna, "one", "two", seconds=-7)
    await yard.runner().run_due()
    numbers = yard.metrics.text().decode()

    assert 'terrace_tasks_total{kind="empty_trash",outcome="done"} 2.0' in numbers
    assert 'terrace_task_lag_seconds_sum{kind="empty_trash"} 14.0' in numbers


async def test_an_idle_site_costs_no_query(yard: Yard, anna: Tenant, app_engine: AsyncEngine) -> None:
    await yard.due(anna, "later", hours=1)
    with statements(app_engine) as sent:
        await yard.runner().run_due()

    assert not [statement for statement in sent if anna.schema in statement]
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) == 1


async def test_what_is_due_later_is_done_then(yard: Yard, anna: Tenant) -> None:
    await yard.due(anna, "later", hours=1)
    assert await yard.wakeups.next_due([KIND], now=yard.clock.now()) == yard.clock.now() + timedelta(hours=1)
    assert await yard.wakeups.next_due([OTHER], now=yard.clock.now()) is None
    yard.clock.pass_(hours=1)

    assert await yard.runner().run_due() == {"done": 1}
    assert await yard.wakeups.next_due([KIND], now=yard.clock.now()) is None


async def test_what_was_rolled_back_is_never_done(yard: Yard, anna: Tenant) -> None:
    async with yard.sessions.open(anna) as session:
        await session.execute(text("SELECT wake('empty_trash', now() - interval '1 year')"))
    await yard.due(anna, "other", kind=OTHER)

    assert await yard.runner({KIND: Worker}).run_due() == {}
    assert yard.diary.tried == []


async def test_two_runners_at_once_do_each_task_once(yard: Yard, anna: Tenant, boris: Tenant) -> None:
    subjects = [f"task {number}" for number in range(25)]
    for tenant in (anna, boris):
        await yard.due(tenant, *subjects)
        await yard.due(tenant, *subjects, kind=OTHER)
    outcomes = await asyncio.gather(*(yard.runner().run_due() for _ in range(3)))

    assert sum(outcome["done"] for outcome in outcomes) == 100
    assert sorted(yard.diary.tried) == sorted((t.slug, s) for t in (anna, boris) for s in subjects * 2)
    assert await yard.left(anna) == await yard.left(boris) == []


async def test_a_claim_keeps_others_from_the_same_and_from_nothing_else(yard: Yard, anna: Tenant) -> None:
    now = yard.clock.now()
    await yard.due(anna, "one")
    await yard.due(anna, "one", kind=OTHER)
    first = await yard.wakeups.claim([KIND], now=now)
    await yard.due(anna, "meanwhile")

    assert await yard.wakeups.claim([KIND], now=now) is None
    second = await yard.wakeups.claim([KIND, OTHER], now=now)
    assert first is not None
    assert second is not None
    assert (first.kind, second.kind) == (KIND, OTHER)
    await second.drop()
    await first.settle()
    assert await yard.runner().run_due() == {"done": 3}


async def test_a_claim_whose_connection_dies_is_free_at_once(
    yard: Yard, anna: Tenant, database: Database, app_engine: AsyncEngine
) -> None:
    await yard.due(anna, "one")
    claim = await yard.wakeups.claim([KIND], now=yard.clock.now())
    assert claim is not None
    begun = await yard.queues.begin(anna, KIND, now=yard.clock.now())
    assert begun is not None
    with psycopg.connect(database.superuser_url, autocommit=True) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE state = 'idle in transaction'"
            " AND datname = current_database() AND usename = 'terrace_app'"
        )

    with pytest.raises(Unavailable):
        await claim.keep()
    with suppress(Unavailable):
        await claim.drop()
    assert await yard.runner().run_due() == {"done": 1}
    assert yard.diary.done == [("anna", "one")]


async def test_work_whose_end_was_not_noted_is_not_done_twice(yard: Yard, anna: Tenant) -> None:
    await yard.due(anna, "one")
    claim = await yard.wakeups.claim([KIND], now=yard.clock.now())
    assert claim is not None
    task = await yard.queues.begin(anna, KIND, now=yard.clock.now())
    assert task is not None
    async with yard.sites({Tenant: anna}) as site:
        await (await site.get(Worker))(task)
    await claim.drop()

    assert await yard.runner().run_due() == {}
    assert yard.diary.tried == [("anna", "one")]


async def test_what_fails_waits_longer_each_time_and_is_given_up_at_last(yard: Yard, anna: Tenant) -> None:
    async def fail(_: Worker, task: Task) -> None:
        raise Unavailable

    yard.diary.step = fail
    await yard.due(anna, "one")
    pauses = []
    for _ in range(MOST_ATTEMPTS - 1):
        assert await yard.runner().run_due() == {"postponed": 1}
        (task,) = await yard.left(anna)
        pauses.append(task.due_at - yard.clock.now())
        yard.clock.at = task.due_at
    assert await yard.runner().run_due() == {"failed": 1}
    yard.clock.pass_(days=30)

    assert pauses[:7] == sorted(pauses[:7])
    assert await yard.runner().run_due() == {}
    (failed,) = await yard.left(anna)
    assert (failed.attempts, failed.last_error) == (MOST_ATTEMPTS, f"Unavailable: {Unavailable.message}")


async def test_what_is_in_vain_is_given_up_at_once(yard: Yard, anna: Tenant) -> None:
    async def give_up(_: Worker, task: Task) -> None:
        raise TaskInVain

    yard.diary.step = give_up
    await yard.due(anna, "one")

    assert await yard.runner().run_due() == {"failed": 1}
    yard.clock.pass_(days=30)
    assert await yard.runner().run_due() == {}
    (failed,) = await yard.left(anna)
    assert (failed.attempts, failed.last_error) == (1, f"TaskInVain: {TaskInVain.message}")


async def test_what_a_use_case_began_and_did_not_end_with_is_not_there(yard: Yard, anna: Tenant) -> None:
    async def change_and_fail(worker: Worker, task: Task) -> None:
        await worker.tasks.add(OTHER, subject="by the way", due_at=task.due_at)
        raise RuntimeError("a bug")

    yard.diary.step = change_and_fail
    await yard.due(anna, "one")
    await yard.runner().run_due()

    assert [task.subject for task in await yard.left(anna)] == ["one"]


async def test_a_use_case_that_forgets_to_finish_is_found_out(yard: Yard, anna: Tenant) -> None:
    await yard.due(anna, "one")
    outcomes = await yard.runner({KIND: Forgetful}).run_due()

    assert outcomes == {"done": 1, "postponed": 1}
    (task,) = await yard.left(anna)
    assert "without finishing" in (task.last_error or "")


async def test_a_task_over_which_the_process_died_too_often_is_given_up(yard: Yard, anna: Tenant) -> None:
    await yard.due(anna, "one")
    async with yard.sessions.open(anna) as session:
        await session.execute(update(TaskRow).values(attempts=MOST_ATTEMPTS))
        await session.commit()

    assert await yard.runner().run_due() == {"failed": 1}
    assert yard.diary.tried == []


async def test_what_is_cancelled_while_it_is_done_leaves_nothing(yard: Yard, anna: Tenant) -> None:
    async def cancel(worker: Worker, task: Task) -> None:
        await worker.tasks.add(OTHER, subject="by the way", due_at=task.due_at)
        async with yard.sessions.open_short(anna) as session:
            await session.execute(text("DELETE FROM tasks"))
            await session.commit()

    yard.diary.step = cancel
    await yard.due(anna, "one")

    assert await yard.runner().run_due() == {"taken": 1}
    assert await yard.left(anna) == []


async def test_what_is_asked_for_again_while_it_is_done_is_done_again(yard: Yard, anna: Tenant) -> None:
    async def ask_once(worker: Worker, task: Task) -> None:
        if len(yard.diary.tried) == 1:
            await yard.due(anna, "one")

    yard.diary.step = ask_once
    await yard.due(anna, "one")

    assert await yard.runner().run_due() == {"done": 2}


async def test_a_site_with_much_to_do_lets_others_have_their_turn(yard: Yard, anna: Tenant, boris: Tenant) -> None:
    await yard.due(anna, *map(str, range(50)))
    yard.clock.pass_(seconds=1)
    await yard.due(boris, "small", seconds=-0.5)
    await yard.runner().run_due()

    assert yard.diary.done.index(("boris", "small")) == 20
    assert len(yard.diary.done) == 51


async def test_sites_that_are_not_served_wait(
    yard: Yard, anna: Tenant, tenant_factory: MakeTenant, owner_engine: AsyncEngine, database: Database
) -> None:
    half_made = await tenant_factory(state=TenantState.PROVISIONING)
    await yard.due(half_made, "one")
    await yard.due(anna, "one")
    outdated = SqlWakeups(
        owner_engine, prefix=database.prefix, local_hosts=False, known_versions=[anna.schema_version or "", "9999"]
    )
    assert await outdated.claim([KIND], now=yard.clock.now()) is None
    assert await outdated.next_due([KIND], now=yard.clock.now() - timedelta(hours=1)) is None
    await yard.runner().run_due()
    assert yard.diary.done == [("anna", "one")]

    async with bound(owner_engine, Binding(PLATFORM)).begin() as connection:
        is_hers = TenantOfPlatformRow.id == half_made.id
        await connection.execute(update(TenantOfPlatformRow).where(is_hers).values(state=TenantState.ACTIVE))
    assert await yard.runner().run_due() == {"done": 1}


async def test_a_site_whose_tasks_cannot_be_read_holds_up_nobody(
    yard: Yard, anna: Tenant, tenant_factory: MakeTenant, owner_engine: AsyncEngine
) -> None:
    broken = await tenant_factory()
    await yard.due(broken, "one")
    yard.clock.pass_(seconds=1)
    await yard.due(anna, "one")
    async with bound(owner_engine, Binding(PLATFORM)).begin() as connection:
        names = (sql.Identifier(name) for name in (broken.schema, broken.role))
        await connection.exec_driver_sql(sql.SQL("REVOKE ALL ON {}.tasks FROM {}").format(*names).as_string())
    done = asyncio.Event()

    async def note(_: Worker, task: Task) -> None:
        done.set()

    yard.diary.step = note
    running = asyncio.create_task(yard.runner().run())
    await asyncio.wait_for(done.wait(), LONG_ENOUGH)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert yard.diary.done == [("anna", "one")]


async def test_when_the_bell_rings_it_is_done_at_once(
    yard: Yard, anna: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entrypoints.runner.running.BELT", 3600.0)
    done = asyncio.Event()

    async def note(_: Worker, task: Task) -> None:
        done.set()

    yard.diary.step = note
    running = asyncio.create_task(yard.runner().run())
    await yard.due(anna, "one")
    for payload in ("profile:abc", "wakeup"):
        await yard.bell.follow(payload)
    await asyncio.wait_for(done.wait(), LONG_ENOUGH)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await yard.left(anna) == []


async def test_without_a_bell_it_looks_by_itself(yard: Yard, anna: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrypoints.runner.running.BELT", 0.01)
    done = asyncio.Event()

    async def note(_: Worker, task: Task) -> None:
        done.set()

    yard.diary.step = note
    running = asyncio.create_task(yard.runner().run())
    await yard.due(anna, "one")
    await asyncio.wait_for(done.wait(), LONG_ENOUGH)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert yard.diary.done == [("anna", "one")]


async def test_one_who_is_asked_to_stop_ends_what_it_has_begun_and_begins_nothing(yard: Yard, anna: Tenant) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def hesitate(_: Worker, task: Task) -> None:
        begun.set()
        await goes_on.wait()

    yard.diary.step = hesitate
    await yard.due(anna, "one", "two")
    running = asyncio.create_task(yard.runner().run())
    await asyncio.wait_for(begun.wait(), LONG_ENOUGH)
    running.cancel()
    goes_on.set()
    await asyncio.gather(running, return_exceptions=True)

    assert yard.diary.done == [("anna", "one")]
    assert await yard.runner().run_due() == {"done": 1}


async def test_nothing_begins_while_a_query_is_slow_to_be_cancelled(
    yard: Yard, anna: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks, is_cancelled, goes_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    claims = [await claim_of(yard, anna, "one", "two")]

    async def claim(*_: object, **__: object) -> Claim:
        if claims:
            return claims.pop()
        asks.set()
        try:
            await asyncio.Event().wait()
        finally:
            await is_cancelled.wait()
        raise AssertionError("nobody can wait for so long")

    async def hesitate(_: Worker, task: Task) -> None:
        await goes_on.wait()

    monkeypatch.setattr(yard.wakeups, "claim", claim)
    yard.diary.step = hesitate
    running = asyncio.create_task(yard.runner().run())
    await asyncio.wait_for(asks.wait(), LONG_ENOUGH)
    running.cancel()
    goes_on.set()
    await yard.bell.wait(LONG_ENOUGH)  # a lane is free
    is_cancelled.set()
    await asyncio.gather(running, return_exceptions=True)

    assert yard.diary.tried == [("anna", "one")]


async def claim_of(yard: Yard, tenant: Tenant, *subjects: str) -> Claim:
    await yard.due(tenant, *subjects)
    claim = await yard.wakeups.claim([KIND], now=yard.clock.now())
    assert claim is not None
    return claim


async def test_what_does_not_end_in_time_is_left_to_the_next_runner(
    yard: Yard, anna: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entrypoints.runner.running.GRACE", 0.01)
    begun = asyncio.Event()

    async def hang(_: Worker, task: Task) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.Event().wait()

    yard.diary.step = hang
    await yard.due(anna, "one")
    running = asyncio.create_task(yard.runner().run())
    await asyncio.wait_for(begun.wait(), LONG_ENOUGH)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await yard.runner().run_due() == {"done": 1}
    assert yard.diary.done == [("anna", "one")]


async def test_long_work_leaves_a_lane_to_what_is_due_elsewhere(
    yard: Yard, anna: Tenant, boris: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sites import at once: nobody's scheduled post waits for them, and the second import follows the first."""
    monkeypatch.setattr("entrypoints.runner.running.BELT", 0.01)
    goes_on, is_published = asyncio.Event(), asyncio.Event()

    async def import_or_publish(worker: Worker, task: Task) -> None:
        if task.kind is TaskKind.RUN_IMPORT:
            await goes_on.wait()
        elif len(yard.diary.done) == 2:
            is_published.set()

    yard.diary.step = import_or_publish
    for tenant in (anna, boris):
        await yard.due(tenant, "import", kind=TaskKind.RUN_IMPORT, seconds=-60)
    await yard.due(boris, "first", "second", "third")
    handlers = {TaskKind.RUN_IMPORT: Worker, KIND: Other}
    running = asyncio.create_task(yard.runner(handlers).run())
    await asyncio.wait_for(is_published.wait(), LONG_ENOUGH)
    tried = [subject for _, subject in yard.diary.tried]
    goes_on.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await yard.runner(handlers).run_due()

    assert tried == ["import", "first", "second", "third"]
    posts = [("boris", subject) for subject in ("first", "second", "third")]
    assert sorted(yard.diary.done) == sorted([("anna", "import"), ("boris", "import"), *posts])


@pytest.mark.parametrize("kind", TaskKind)
def test_every_kind_that_is_claimed_has_a_use_case_that_finishes_its_task(kind: TaskKind) -> None:
    from inspect import getsource

    from entrypoints.runner.handlers import HANDLERS

    if kind in HANDLERS:
        assert "await self.tasks.finish(task)\n        await self.transaction.commit()" in getsource(HANDLERS[kind])
