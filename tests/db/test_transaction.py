import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.blog.entities import Post, blank_post
from core.blog.errors import SlugTaken
from core.errors import StaleVersion, TooMany
from core.idempotency import Answer, Attempt, Repeatable
from core.limits import Limit
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage
from db.idempotency import IdempotencyRow, SqlIdempotencyRecords
from db.limits import RateLimitRow, SqlRateLimiter
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from tests.core.fakes.clock import SetClock

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ATTEMPT = Attempt(key="k1", actor="user:u1", fingerprint="f1")
ANSWER = Answer(status=201, headers=(), body=b"{}")


def a_post(slug: str = "hello") -> Post:
    return blank_post(slug, lang="en", author_id=None, author_name="", at=NOW)


async def is_kept(sessions: TenantSessions, tenant: Tenant, slug: str = "hello") -> bool:
    async with sessions.open(tenant) as session:
        return await SqlPostStorage(session).find_by_slug(slug) is not None


async def test_leaving_without_commit_rolls_back(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        await SqlPostStorage(session).add(a_post())

    assert not await is_kept(sessions, anna)


async def test_rest_gives_the_connection_back(anna: Tenant, sessions: TenantSessions, app_engine: AsyncEngine) -> None:
    async with sessions.open(anna) as session:
        await SqlPostStorage(session).find_by_slug("hello")
        await SqlTransaction(session).rest()
        assert "Current Checked out connections: 0" in app_engine.sync_engine.pool.status()
        await SqlPostStorage(session).add(a_post())
        await SqlTransaction(session).commit()

    assert await is_kept(sessions, anna)


async def test_a_held_commit_is_made_by_release(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        transaction = SqlTransaction(session)
        transaction.hold()
        await SqlPostStorage(session).add(a_post())
        await transaction.commit()
        assert not await is_kept(sessions, anna)
        await transaction.release()
        assert await is_kept(sessions, anna)


async def test_rest_does_not_lose_a_claim(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        transaction = SqlTransaction(session)
        repeatable = Repeatable(records=SqlIdempotencyRecords(session), transaction=transaction)
        assert await repeatable.begin(ATTEMPT, now=NOW) is None
        await transaction.rest()
        await SqlPostStorage(session).add(a_post())
        await transaction.commit()
        await repeatable.finish(ATTEMPT, ANSWER)
    async with sessions.open(anna) as session:
        records = SqlIdempotencyRecords(session)
        again = Repeatable(records=records, transaction=SqlTransaction(session))
        assert await again.begin(ATTEMPT, now=NOW) == ANSWER


async def test_the_second_of_two_equal_requests_waits_and_repeats(anna: Tenant, sessions: TenantSessions) -> None:
    has_claimed, may_finish = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with sessions.open(anna) as session:
            records = SqlIdempotencyRecords(session)
            await records.claim(ATTEMPT, now=NOW)
            has_claimed.set()
            await may_finish.wait()
            await records.keep(ATTEMPT, ANSWER)
            await SqlTransaction(session).commit()

    async def second() -> bool:
        await has_claimed.wait()
        async with sessions.open(anna) as session:
            claiming = asyncio.create_task(SqlIdempotencyRecords(session).claim(ATTEMPT, now=NOW))
            await asyncio.wait([claiming], timeout=0.2)
            assert not claiming.done()
            may_finish.set()
            kept = await claiming
            return kept is not None and kept.answer == ANSWER

    assert (await asyncio.gather(first(), second()))[1]


async def test_old_records_are_swept_by_and_by(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        records = SqlIdempotencyRecords(session)
        for number in range(5):
            await records.claim(replace(ATTEMPT, key=f"old-{number}"), now=NOW - timedelta(days=2))
        await records.claim(ATTEMPT, now=NOW)
        await session.commit()
        found = (await session.execute(select(IdempotencyRow.key))).scalars().all()

    assert list(found) == ["k1"]


async def test_two_who_take_one_slug_at_once(anna: Tenant, sessions: TenantSessions) -> None:
    async def take() -> bool:
        async with sessions.open(anna) as session:
            try:
                await SqlPostStorage(session).add(a_post())
            except SlugTaken:
                return False
            await SqlTransaction(session).commit()
            return True

    assert sorted(await asyncio.gather(take(), take())) == [False, True]


async def test_two_who_save_one_version_at_once(anna: Tenant, sessions: TenantSessions) -> None:
    post = a_post()
    async with sessions.open(anna) as session:
        await SqlPostStorage(session).add(post)
        await session.commit()

    async def save(title: str) -> int:
        async with sessions.open(anna) as session:
            try:
                saved = await SqlPostStorage(session).save(replace(post, title=title))
            except StaleVersion as stale:
                return -stale.current
            await SqlTransaction(session).commit()
            return saved.version

    assert sorted(await asyncio.gather(save("one"), save("two"))) == [-2, 2]


async def test_tries_at_the_same_time_do_not_pass_the_limit(anna: Tenant, sessions: TenantSessions) -> None:
    limiter = SqlRateLimiter(sessions, anna, SetClock(NOW))
    limit = Limit(name="sign_in", times=3, seconds=60)

    tries = await asyncio.gather(*(limiter.hit(limit, "anna") for _ in range(10)), return_exceptions=True)

    assert [type(one) for one in tries].count(TooMany) == 7


async def test_counters_whose_time_is_over_go_away(anna: Tenant, sessions: TenantSessions) -> None:
    clock = SetClock(NOW)
    limiter = SqlRateLimiter(sessions, anna, clock)
    limit = Limit(name="sign_in", times=3, seconds=60)
    for number in range(5):
        await limiter.hit(limit, f"guest-{number}")
    clock.pass_(seconds=61)
    await limiter.hit(limit, "anna")

    async with sessions.open(anna) as session:
        assert await session.scalar(select(func.count()).select_from(RateLimitRow)) == 1
