"""Who waits for whom."""

import asyncio

import pytest

from core.tasks import Task, TaskKind
from core.tenancy.entities import Tenant
from entrypoints.runner.running import OUTSIDE_LANES
from tests.runner.conftest import KIND, Other, Worker, Yard

LONG_ENOUGH = 30
HANDLERS = {TaskKind.DELIVER_WEBHOOK: Worker, KIND: Other}


async def test_receivers_that_keep_silent_hold_up_nobodys_other_work(
    yard: Yard, anna: Tenant, boris: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At both sites, in all the lanes that deliveries have."""
    monkeypatch.setattr("entrypoints.runner.running.BELT", 0.01)
    goes_on, is_full, is_published = asyncio.Event(), asyncio.Event(), asyncio.Event()
    waiting: list[str] = []

    async def deliver_or_publish(_: Worker, task: Task) -> None:
        if task.kind is TaskKind.DELIVER_WEBHOOK:
            waiting.append(task.subject)
            if len(waiting) == OUTSIDE_LANES:
                is_full.set()
            await goes_on.wait()
        elif len(yard.diary.done) == 2:
            is_published.set()

    yard.diary.step = deliver_or_publish
    for tenant in (anna, boris):
        await yard.due(tenant, f"delivery of {tenant.slug}", kind=TaskKind.DELIVER_WEBHOOK, seconds=-60)
    running = asyncio.create_task(yard.runner(HANDLERS).run())
    await asyncio.wait_for(is_full.wait(), LONG_ENOUGH)
    await yard.due(boris, "first", "second", "third")
    yard.bell.ring()
    await asyncio.wait_for(is_published.wait(), LONG_ENOUGH)
    goes_on.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await yard.runner(HANDLERS).run_due()

    assert sorted(waiting) == ["delivery of anna", "delivery of boris"]
    assert len(yard.diary.done) == 5


async def test_a_site_with_many_deliveries_lets_others_have_their_turn(yard: Yard, anna: Tenant, boris: Tenant) -> None:
    await yard.due(anna, *map(str, range(12)), kind=TaskKind.DELIVER_WEBHOOK, seconds=-60)
    await yard.due(boris, "one", kind=TaskKind.DELIVER_WEBHOOK, seconds=-30)

    assert await yard.runner(HANDLERS).run_due() == {"done": 13}
    assert [slug for slug, _ in yard.diary.done].index("boris") == 5
