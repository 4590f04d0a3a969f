"""A code that is shown twice at once opens once: two real transactions, the first of them held before its commit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import text

from core.tenancy.entities import Tenant
from core.users.factor_errors import CodeUsed, WrongCode
from core.users.factors import FactorKind, of_kind
from core.users.second_step import SecondStep
from db.factors import SqlFactorStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from db.users import SqlUserStorage
from tests.core.fakes.factors import STEP, app_of, code_now, drawer_of
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse

PATIENCE = 60.0
"""Seconds until a test gives up waiting for what should have happened long ago."""
EVE = member()
RIGHT, SPARE = code_now(NOW), "spare-1"


@dataclass(frozen=True, kw_only=True)
class Door:
    """Eve's second step in a transaction of its own; what is not the database's comes from a house of fakes."""

    step: SecondStep
    factors: SqlFactorStorage
    users: SqlUserStorage
    transaction: SqlTransaction

    async def opens(self, code: str) -> None:
        await self.step.prove(EVE, code)
        await self.transaction.commit()


@dataclass(frozen=True, kw_only=True)
class Ground:
    tenant: Tenant
    sessions: TenantSessions

    @asynccontextmanager
    async def door(self) -> AsyncIterator[Door]:
        async with self.sessions.open(self.tenant) as session:
            factors = SqlFactorStorage(session)
            yield Door(
                step=replace(PeopleHouse().second_step, factors=factors),
                factors=factors,
                users=SqlUserStorage(session),
                transaction=SqlTransaction(session),
            )

    async def meet(self, code: str) -> BaseException | None:
        """The first has proven *code* and is about to commit when a second one shows it; what that is refused with."""
        async with asyncio.timeout(PATIENCE), self.door() as one, self.door() as other:
            await one.step.prove(EVE, code)
            following = asyncio.create_task(other.opens(code))
            await self._somebody_waits()
            await one.transaction.commit()
            return (await asyncio.gather(following, return_exceptions=True))[0]

    async def _somebody_waits(self) -> None:
        """A transaction sees the backends that were there when it first looked, unless it forgets them."""
        query = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND cardinality(pg_blocking_pids(pid)) > 0"
        )
        async with self.sessions.open(self.tenant) as session:
            while not await session.scalar(query):
                await session.execute(text("SELECT pg_sleep(0.01), pg_stat_clear_snapshot()"))


@pytest.fixture
async def ground(anna: Tenant, sessions: TenantSessions) -> Ground:
    """Eve has an app and two recovery codes."""
    ground = Ground(tenant=anna, sessions=sessions)
    async with ground.door() as door:
        await door.users.add(EVE)
        await door.factors.add(app_of(EVE.id, NOW))
        await door.factors.add(drawer_of(EVE.id, NOW, SPARE, "spare-2"))
        await door.transaction.commit()
    return ground


async def test_of_two_with_one_code_of_the_app_one_passes(ground: Ground) -> None:
    assert isinstance(await ground.meet(RIGHT), CodeUsed)

    async with ground.door() as door:
        app = of_kind(await door.factors.list_of(EVE.id), FactorKind.TOTP)
        assert app is not None
        assert app.counter == int(NOW.timestamp()) // STEP


async def test_of_two_with_one_recovery_code_one_passes_and_no_other_code_is_lost(ground: Ground) -> None:
    refused = await ground.meet(SPARE)

    assert isinstance(refused, WrongCode)
    async with ground.door() as door:
        drawer = of_kind(await door.factors.list_of(EVE.id), FactorKind.RECOVERY)
        assert drawer is not None
        assert drawer.digests == ("digest:spare-2",)
