"""Requests of two sites, all kinds mixed, through the same few connections: whose rows come back?"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from core.blog.entities import Post, blank_post
from core.blog.errors import SlugTaken
from core.blog.storage import PostFilter
from core.errors import StaleVersion, Unavailable
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage
from db.profiles import SqlTenantProfiles
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction

SAME_SLUG = "the-same-everywhere"
AT_ONCE = 4
EVERYTHING = PostFilter(now=datetime(2100, 1, 1, tzinfo=UTC), status=None)


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(kw_only=True)
class Tally:
    """*foreign* names each row that came to the wrong site: it has to stay empty."""

    done: Counter[str] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)


class Mix:
    """Each post carries its site's id as the author's name; slugs are the same on purpose."""

    def __init__(self, sessions: TenantSessions, *, seed: int) -> None:
        self._sessions = sessions
        self._random = random.Random(seed)
        self._profiles = SqlTenantProfiles(sessions, RealClock())
        self.tally = Tally()

    async def prepare(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            await SqlPostStorage(session).add(a_post(tenant, SAME_SLUG))
            await session.commit()

    async def run(self, tenants: Sequence[Tenant], count: int) -> Tally:
        turns = iter(range(count))

        async def work() -> None:
            for _ in turns:
                await self._one(self._random.choice(tenants))

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return self.tally

    async def _one(self, tenant: Tenant) -> None:
        kinds: tuple[Callable[[Tenant], Awaitable[None]], ...] = (
            self._read,
            self._list,
            self._write,
            self._roll_back,
            self._fail,
            self._rest,
            self._savepoint,
            self._cancel,
            self._cancel_waiting,
            self._profile,
        )
        kind = self._random.choice(kinds)
        await kind(tenant)
        self.tally.done[kind.__name__.strip("_")] += 1

    def _check(self, tenant: Tenant, posts: Sequence[Post]) -> None:
        self.tally.foreign += [f"{tenant.slug} got {post}" for post in posts if post.author_name != tenant.id]

    async def _read(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            post = await SqlPostStorage(session).find_by_slug(SAME_SLUG)
        self._check(tenant, [post] if post else [])
        if post is None:
            self.tally.foreign.append(f"{tenant.slug} did not get its own post")

    async def _list(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            posts = SqlPostStorage(session)
            self._check(tenant, (await posts.list_slice(EVERYTHING, limit=20, cursor=None)).items)
            self._check(tenant, (await posts.list_numbered(EVERYTHING, number=1, size=20)).items)

    async def _write(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            posts = SqlPostStorage(session)
            post = await posts.find_by_slug(SAME_SLUG)
            if post is None:
                return
            try:
                await posts.save(replace(post, words=post.words + 1))
                await SqlTransaction(session).commit()
            except StaleVersion:
                self.tally.done["stale"] += 1
            self._check(tenant, [await posts.get(post.id)])

    async def _roll_back(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            await SqlPostStorage(session).add(a_post(tenant, f"never-{self._random.random()}"))

    async def _fail(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            try:
                await SqlPostStorage(session).add(a_post(tenant, SAME_SLUG))
            except SlugTaken:
                self.tally.done["refused"] += 1

    async def _rest(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            posts, transaction = SqlPostStorage(session), SqlTransaction(session)
            for _ in range(3):
                post = await posts.find_by_slug(SAME_SLUG)
                self._check(tenant, [post] if post else [])
                await transaction.rest()
                await asyncio.sleep(0)

    async def _savepoint(self, tenant: Tenant) -> None:
        async with self._sessions.open(tenant) as session:
            posts = SqlPostStorage(session)
            try:
                async with session.begin_nested():
                    await posts.add(a_post(tenant, SAME_SLUG))
            except SlugTaken:
                self._check(tenant, (await posts.list_slice(EVERYTHING, limit=20, cursor=None)).items)

    async def _cancel(self, tenant: Tenant) -> None:
        """Wherever it is after a while that nobody can know."""
        task = asyncio.create_task(self._write(tenant))
        await asyncio.wait([task], timeout=self._random.random() * 0.004)
        await _cancelled(task)

    async def _cancel_waiting(self, tenant: Tenant) -> None:
        """While PostgreSQL works on its statement."""

        async def wait() -> None:
            async with self._sessions.open(tenant) as session:
                await session.execute(text("SELECT pg_sleep(10)"))

        task = asyncio.create_task(wait())
        await asyncio.wait([task], timeout=0.01 + self._random.random() * 0.02)
        await _cancelled(task)

    async def _profile(self, tenant: Tenant) -> None:
        profile = await self._profiles.get(tenant)
        await self._profiles.follow(None)
        if profile.site.title != tenant.slug.title():
            self.tally.foreign.append(f"{tenant.slug} got the settings of {profile.site.title}")


def a_post(tenant: Tenant, slug: str) -> Post:
    return blank_post(slug, lang="en", author_id=None, author_name=tenant.id, at=datetime.now(UTC) - timedelta(days=1))


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled() and (error := task.exception()) and not isinstance(error, Unavailable):
        raise error


async def mixed_requests(sessions: TenantSessions, tenants: Sequence[Tenant], count: int, *, seed: int = 1) -> Tally:
    """*count* requests of the *tenants*, whose sites are new and titled like their slugs."""
    mix = Mix(sessions, seed=seed)
    for tenant in tenants:
        await mix.prepare(tenant)
    return await mix.run(tenants, count)
