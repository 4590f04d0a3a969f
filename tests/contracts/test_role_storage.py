"""The contract of RoleStorage: the fake keeps and counts as the database does."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import insert

from core.access import Action, PolicyDifference, Scope
from core.errors import StaleVersion
from core.identity import Role
from core.policy import SitePolicy, SiteRole
from core.roles.storage import RoleStorage
from core.tenancy.entities import Tenant
from core.transaction import Transaction
from core.users.entities import INVITATION_LIFE
from core.users.storage import InvitationStorage, UserStorage
from db.policy import PolicyDifferenceRow
from db.roles import SqlRoleStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from db.users import SqlInvitationStorage, SqlUserStorage
from tests.core.fakes.roles import MemoryRoles
from tests.core.fakes.transaction import MemoryTransaction
from tests.core.fakes.users import MemoryInvitations, MemoryUsers
from tests.core.makers import NOW, invitation, member

REVIEWER = SiteRole(key="reviewer", name="Рецензент", description="Reads first", base=Role.VIEWER)
KEEPER = SiteRole(key="keeper", name="Keeper", base=Role.MODERATOR)
EDITS = PolicyDifference(role="reviewer", action=Action.EDIT_POST, scope=Scope.ALL)
LESS = PolicyDifference(role=Role.EDITOR, action=Action.DELETE_MEDIA, scope=Scope.NONE)


@dataclass(frozen=True, kw_only=True)
class Kept:
    roles: RoleStorage
    users: UserStorage
    invitations: InvitationStorage
    transaction: Transaction


Open = Callable[[], AbstractAsyncContextManager[Kept]]


def in_memory() -> Open:
    users, invitations = MemoryUsers(), MemoryInvitations()
    kept = Kept(
        roles=MemoryRoles(users, invitations), users=users, invitations=invitations, transaction=MemoryTransaction()
    )

    @asynccontextmanager
    async def open_one() -> AsyncIterator[Kept]:
        yield kept

    return open_one


def in_postgres(tenant: Tenant, sessions: TenantSessions) -> Open:
    @asynccontextmanager
    async def open_one() -> AsyncIterator[Kept]:
        async with sessions.open(tenant) as session:
            yield Kept(
                roles=SqlRoleStorage(session),
                users=SqlUserStorage(session),
                invitations=SqlInvitationStorage(session),
                transaction=SqlTransaction(session),
            )

    return open_one


@pytest.fixture(params=["memory", "postgres"])
def site(request: pytest.FixtureRequest, anna: Tenant, sessions: TenantSessions) -> Open:
    return in_memory() if request.param == "memory" else in_postgres(anna, sessions)


async def test_all_of_it_comes_back_as_it_went_and_in_order(site: Open) -> None:
    async with site() as kept:
        book = await kept.roles.get()
        assert (book.version, book.policy) == (1, SitePolicy())
        policy = SitePolicy(roles=(REVIEWER, KEEPER), differences=(LESS, EDITS))
        saved = await kept.roles.save(replace(book, policy=policy))
        await kept.transaction.commit()
        assert (saved.version, saved.policy) == (2, policy)
    async with site() as kept:
        assert await kept.roles.get() == saved
        assert await kept.roles.policy() == policy
        less = SitePolicy(roles=(KEEPER,), differences=(replace(LESS, scope=Scope.OWN),))
        await kept.roles.save(replace(saved, policy=less))
        await kept.transaction.commit()
    async with site() as kept:
        assert await kept.roles.policy() == less
        await kept.roles.save(replace(await kept.roles.get(), policy=SitePolicy()))
        await kept.transaction.commit()
    async with site() as kept:
        assert await kept.roles.policy() == SitePolicy()


async def test_a_stale_save_is_refused_and_changes_nothing(site: Open) -> None:
    async with site() as kept:
        book = await kept.roles.get()
        await kept.roles.save(replace(book, policy=SitePolicy(roles=(KEEPER,))))
        await kept.transaction.commit()
    async with site() as kept:
        with pytest.raises(StaleVersion) as stale:
            await kept.roles.save(replace(book, policy=SitePolicy(roles=(REVIEWER,))))
        assert stale.value.current == 2
        assert (await kept.roles.policy()).roles == (KEEPER,)


async def test_people_are_counted_and_moved(site: Open) -> None:
    async with site() as kept:
        await kept.users.add(member(Role.OWNER))
        await kept.users.add(replace(member(Role.VIEWER), role="reviewer"))
        await kept.invitations.add(invitation("open", role="reviewer"))
        await kept.invitations.add(replace(invitation("used", role="reviewer"), accepted_at=NOW))
        await kept.invitations.add(replace(invitation("revoked", role="reviewer"), revoked_at=NOW))
        await kept.invitations.add(replace(invitation("late", role="reviewer"), expires_at=NOW - INVITATION_LIFE))
        await kept.transaction.commit()
    async with site() as kept:
        assert dict(await kept.roles.people(NOW)) == {"owner": 1, "reviewer": 2}
        await kept.roles.move_people("reviewer", Role.AUTHOR)
        await kept.transaction.commit()
    async with site() as kept:
        assert dict(await kept.roles.people(NOW)) == {"owner": 1, "author": 2}
        found = await kept.users.find(member(Role.VIEWER).id)
        used = await kept.invitations.find(invitation("used").id)
        assert found is not None
        assert used is not None
        assert (found.role, used.role) == (Role.AUTHOR, "reviewer")


async def test_what_a_newer_release_wrote_stays(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        newer = {"role": "viewer", "action": "of a newer release", "scope": "any"}
        await session.execute(insert(PolicyDifferenceRow).values(newer))
        roles = SqlRoleStorage(session)
        await roles.save(replace(await roles.get(), policy=SitePolicy(differences=(LESS,))))
        await roles.save(replace(await roles.get(), policy=SitePolicy()))
        left = (await session.execute(PolicyDifferenceRow.__table__.select())).all()
        assert [tuple(row) for row in left] == [("viewer", "of a newer release", "any")]
