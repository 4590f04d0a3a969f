"""Quotas: what they allow, what they cost, and what several processes know of each other."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from core.quotas import Quota
from core.tenancy.entities import Tenant
from db.quotas import QuotaCounts, SqlQuotas
from db.tenant_session import TenantSessions
from tests.core.fakes.clock import SetClock
from tests.core.makers import NOW
from tests.fixtures.statements import statements

THREE = Quota(name="client", times=3)
HUNDRED = Quota(name="client", times=100)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def process(sessions: TenantSessions, anna: Tenant, clock: SetClock) -> SqlQuotas:
    return SqlQuotas(QuotaCounts(), sessions, anna, clock)


@pytest.fixture
def other_process(sessions: TenantSessions, anna: Tenant, clock: SetClock) -> SqlQuotas:
    return SqlQuotas(QuotaCounts(), sessions, anna, clock)


async def allowed(quotas: SqlQuotas, quota: Quota, times: int, subject: str = "her") -> int:
    """How many of so many requests are."""
    return sum([not (await quotas.spend(quota, subject)).is_over for _ in range(times)])


async def test_so_many_requests_and_not_one_more_until_the_window_is_over(process: SqlQuotas, clock: SetClock) -> None:
    spent = [await process.spend(THREE, "her") for _ in range(4)]

    assert [(each.left, each.seconds, each.is_over) for each in spent] == [
        (2, 60, False),
        (1, 60, False),
        (0, 60, False),
        (0, 60, True),
    ]
    clock.pass_(seconds=59)
    assert (await process.spend(THREE, "her")).seconds == 1
    clock.pass_(seconds=1)
    assert (await process.spend(THREE, "her")).left == 2


async def test_everybody_and_every_quota_is_counted_apart(
    process: SqlQuotas, sessions: TenantSessions, boris: Tenant, clock: SetClock
) -> None:
    counts = QuotaCounts()
    at_boris = SqlQuotas(counts, sessions, boris, clock)
    assert await allowed(process, THREE, 5) == 3

    assert await allowed(process, THREE, 5, "him") == 3
    assert await allowed(process, Quota(name="token", times=3), 5) == 3
    assert await allowed(at_boris, THREE, 5) == 3


async def test_it_costs_one_statement_in_so_many_requests_and_none_at_first(
    process: SqlQuotas, app_engine: AsyncEngine
) -> None:
    with statements(app_engine) as few:
        await allowed(process, HUNDRED, HUNDRED.share - 1)
    with statements(app_engine) as many:
        await allowed(process, HUNDRED, 1 + HUNDRED.share * 4)
    with statements(app_engine) as refused:
        await allowed(process, HUNDRED, 1000)

    counted = [[sent for sent in each if not sent.startswith("BEGIN")] for each in (few, many, refused)]
    assert [len(each) for each in counted] == [0, 5, 15]


async def test_processes_share_a_quota_but_for_what_they_have_not_told(
    process: SqlQuotas, other_process: SqlQuotas
) -> None:
    assert await allowed(process, HUNDRED, 200) == 100

    assert await allowed(other_process, HUNDRED, 200) == HUNDRED.share
    assert (await other_process.spend(HUNDRED, "her")).left == 0


async def test_a_window_that_another_began_is_ended_with_hers(
    process: SqlQuotas, other_process: SqlQuotas, clock: SetClock
) -> None:
    await allowed(process, THREE, 1)
    clock.pass_(seconds=40)

    assert (await other_process.spend(THREE, "her")).seconds == 20


async def test_an_older_window_counts_no_more(process: SqlQuotas, other_process: SqlQuotas, clock: SetClock) -> None:
    await allowed(process, THREE, 3)
    clock.pass_(seconds=60)

    assert await allowed(other_process, THREE, 5) == 3


async def test_too_many_to_remember_are_forgotten(
    process: SqlQuotas, monkeypatch: pytest.MonkeyPatch, clock: SetClock
) -> None:
    monkeypatch.setattr("db.quotas.MOST", 2)
    await allowed(process, HUNDRED, 3, "first")
    clock.pass_(seconds=60)
    await allowed(process, HUNDRED, 3, "second")
    await allowed(process, HUNDRED, 3, "third")
    assert (await process.spend(HUNDRED, "second")).left == 96

    assert (await process.spend(HUNDRED, "fourth")).left == 99
    assert (await process.spend(HUNDRED, "second")).left == 99
