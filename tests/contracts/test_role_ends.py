"""A role is not ended while somebody is being given it: two real transactions, the first of them held at its commit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import text

from core.errors import Invalid
from core.granting import Granting
from core.identity import Role
from core.policy import SitePolicy, SiteRole
from core.roles.errors import RoleInUse
from core.roles.use_cases.delete_role import DeleteRole
from core.tenancy.entities import Tenant
from core.users.entities import INVITATION_LIFE
from core.users.use_cases.invite_user import InviteUser
from core.users.use_cases.resend_invitation import ResendInvitation
from core.users.use_cases.set_role import SetRole
from db.roles import SqlRoleStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from db.users import SqlInvitationStorage, SqlUserStorage
from tests.core.makers import NOW, invitation, member
from tests.core.people_house import PeopleHouse

REVIEWER = SiteRole(key="reviewer", name="Reviewer", base=Role.VIEWER)
PATIENCE = 60.0
"""Seconds until a test gives up waiting for what should have happened long ago."""
AUTHOR, LATE = member(), invitation("late", role="reviewer")


@dataclass(frozen=True, kw_only=True)
class Hand:
    """An owner at work in a transaction of her own; what is not the database's comes from *house*."""

    house: PeopleHouse
    roles: SqlRoleStorage
    users: SqlUserStorage
    invitations: SqlInvitationStorage
    transaction: SqlTransaction
    is_at_commit: asyncio.Event = field(default_factory=asyncio.Event)
    may_commit: asyncio.Event = field(default_factory=asyncio.Event)

    async def rest(self) -> None:
        await self.transaction.rest()

    async def commit(self) -> None:
        self.is_at_commit.set()
        await self.may_commit.wait()
        await self.transaction.commit()

    @property
    def granting(self) -> Granting:
        house = self.house
        return Granting(access=house.access, policies=house.policies, policy_source=self.roles, refusals=house.refusals)

    async def gives(self) -> None:
        house = self.house
        give = SetRole(
            access=house.access, users=self.users, granting=self.granting, audit=house.audit, transaction=self
        )
        await give(AUTHOR.id, "reviewer")

    async def invites(self) -> None:
        house = self.house
        invite = InviteUser(
            access=house.access,
            users=self.users,
            invitations=self.invitations,
            invitation_tokens=house.invitation_tokens,
            granting=self.granting,
            outbox=house.outbox,
            audit=house.audit,
            clock=house.clock,
            transaction=self,
        )
        await invite("somebody@example.org", "reviewer")

    async def sends_again(self) -> None:
        house = self.house
        send = ResendInvitation(
            access=house.access,
            invitations=self.invitations,
            invitation_tokens=house.invitation_tokens,
            granting=self.granting,
            outbox=house.outbox,
            audit=house.audit,
            clock=house.clock,
            transaction=self,
        )
        await send(LATE.id)

    async def joins(self) -> None:
        """As whoever accepts an invitation does."""
        found = await self.invitations.lock(invitation("open").id)
        assert found is not None
        await self.users.add(replace(AUTHOR, id=member(Role.VIEWER).id, email=found.email, role=found.role))
        await self.invitations.save(found.accept(NOW))
        await self.commit()

    async def ends(self, *, move_to: str = "") -> None:
        house = self.house
        end = DeleteRole(
            access=house.access,
            roles=self.roles,
            granting=self.granting,
            audit=house.audit,
            clock=house.clock,
            transaction=self,
        )
        await end("reviewer", version=None, move_to=move_to)

    async def moves(self) -> None:
        await self.ends(move_to=Role.AUTHOR)


Deed = Callable[[Hand], Awaitable[None]]
GIVING = [Hand.gives, Hand.invites, Hand.sends_again]


@dataclass(frozen=True, kw_only=True)
class Ground:
    tenant: Tenant
    sessions: TenantSessions

    @asynccontextmanager
    async def hand(self) -> AsyncIterator[Hand]:
        async with self.sessions.open(self.tenant) as session:
            house = PeopleHouse()
            house.admits(Role.OWNER)
            yield Hand(
                house=house,
                roles=SqlRoleStorage(session),
                users=SqlUserStorage(session),
                invitations=SqlInvitationStorage(session),
                transaction=SqlTransaction(session),
            )

    async def meet(self, first: Deed, second: Deed) -> BaseException | None:
        """*second* begins when *first* is about to commit, which it does as soon as *second* waits for it; what
        *second* is refused with."""
        async with asyncio.timeout(PATIENCE), self.hand() as one, self.hand() as other:
            other.may_commit.set()
            leading = asyncio.create_task(_awaited(first(one)))
            await one.is_at_commit.wait()
            following = asyncio.create_task(_awaited(second(other)))
            await self._somebody_waits()
            one.may_commit.set()
            await leading
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


async def _awaited(deed: Awaitable[None]) -> None:
    await deed


@pytest.fixture
async def ground(anna: Tenant, sessions: TenantSessions) -> Ground:
    """A role that nobody has: an invitation to it is over."""
    ground = Ground(tenant=anna, sessions=sessions)
    async with ground.hand() as hand:
        await hand.users.add(AUTHOR)
        await hand.invitations.add(replace(LATE, email="late@example.org", expires_at=NOW - INVITATION_LIFE))
        await hand.roles.save(replace(await hand.roles.get(), policy=SitePolicy(roles=(REVIEWER,))))
        await hand.transaction.commit()
    return ground


async def keys_and_holders(ground: Ground) -> tuple[set[str], set[str]]:
    async with ground.hand() as hand:
        policy, people = await hand.roles.policy(), await hand.roles.people(NOW)
        return set(policy.member_keys), set(people)


@pytest.mark.parametrize("gives", GIVING)
async def test_a_role_that_somebody_is_being_given_is_in_use(ground: Ground, gives: Deed) -> None:
    assert isinstance(await ground.meet(gives, Hand.ends), RoleInUse)

    keys, holders = await keys_and_holders(ground)
    assert "reviewer" in holders
    assert holders <= keys


@pytest.mark.parametrize("gives", GIVING)
async def test_a_role_that_is_being_ended_is_given_to_nobody(ground: Ground, gives: Deed) -> None:
    assert isinstance(await ground.meet(Hand.ends, gives), Invalid)

    keys, holders = await keys_and_holders(ground)
    assert "reviewer" not in keys | holders
    assert holders <= keys


@pytest.mark.parametrize("gives", [Hand.gives, Hand.invites])
async def test_whoever_is_being_given_it_moves_on_with_the_others(ground: Ground, gives: Deed) -> None:
    assert await ground.meet(gives, Hand.moves) is None

    keys, holders = await keys_and_holders(ground)
    assert "reviewer" not in keys | holders
    assert holders <= keys


async def test_whoever_is_just_accepting_moves_on_too(ground: Ground) -> None:
    async with ground.hand() as hand:
        await hand.invitations.add(invitation("open", role="reviewer"))
        await hand.transaction.commit()

    assert await ground.meet(Hand.joins, Hand.moves) is None

    keys, holders = await keys_and_holders(ground)
    assert "reviewer" not in keys | holders
    async with ground.hand() as hand:
        joined = await hand.users.find(member(Role.VIEWER).id)
        assert joined is not None
        assert joined.role == Role.AUTHOR
