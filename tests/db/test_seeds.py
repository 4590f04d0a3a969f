import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from core.identity import Role, UserId
from core.links import Link
from core.tenancy.entities import SiteCode, Tenant
from core.users.entities import INVITATION_LIFE, InvitationId, User
from db.seeds import SqlSiteSeeds
from db.site import SiteRow, SqlSiteStorage
from db.tenant_session import TenantSessions
from db.users import SqlInvitationStorage, SqlUserStorage
from tests.core.fakes.clock import SetClock


class PlainTokens:
    def make(self, invitation_id: InvitationId) -> str:
        return f"token-{invitation_id}"

    def read(self, token: str) -> InvitationId | None:
        return InvitationId(token.removeprefix("token-"))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def seeds(sessions: TenantSessions, clock: SetClock) -> SqlSiteSeeds:
    return SqlSiteSeeds(sessions, lambda _: PlainTokens(), clock)


@pytest.fixture
async def bare(anna: Tenant, sessions: TenantSessions) -> Tenant:
    """A schema without a row."""
    async with sessions.open(anna) as session:
        await session.execute(delete(SiteRow))
        await session.commit()
    return anna


@pytest.fixture
def code(bare: Tenant) -> SiteCode:
    return SiteCode(
        slug=bare.slug,
        hosts=bare.hosts,
        title="Anna",
        locale="en",
        owner_email="Anna@Anna.example",
        owner_name="Anna L.",
        about="**I**",
        menu=(("Blog", "/blog"),),
    )


async def invitation_of(session: AsyncSession, token: str | None) -> InvitationId:
    assert token is not None
    found = PlainTokens().read(token)
    assert found is not None
    assert await SqlInvitationStorage(session).find(found) is not None
    return found


async def test_a_new_site_gets_settings_and_an_invitation(
    bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds, sessions: TenantSessions
) -> None:
    invited = await seeds.plant(bare, code, about_html="<p>I</p>")

    async with sessions.open(bare) as session:
        settings = await SqlSiteStorage(session).get()
        invitation = await SqlInvitationStorage(session).find_open("anna@anna.example")
    assert (settings.title, settings.about_html) == ("Anna", "<p>I</p>")
    assert settings.menu == (Link(label="Blog", url="/blog"),)
    assert invitation is not None
    assert (invitation.role, invitation.name) == (Role.OWNER, "Anna L.")
    assert (invited.email, invited.token) == ("anna@anna.example", f"token-{invitation.id}")


async def test_planting_again_keeps_the_link_and_the_owners_choices(
    bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds, sessions: TenantSessions
) -> None:
    first = await seeds.plant(bare, code, about_html="")
    async with sessions.open(bare) as session:
        storage = SqlSiteStorage(session)
        await storage.save(replace(await storage.get(), title="Her own"))
        await session.commit()

    second = await seeds.plant(bare, code, about_html="")

    assert second == first
    assert await seeds.drift(bare, code) == ["title"]


async def test_several_at_once_make_one_invitation(bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds) -> None:
    invited = await asyncio.gather(*(seeds.plant(bare, code, about_html="") for _ in range(4)))

    assert len({one.token for one in invited}) == 1


async def test_an_expired_invitation_is_replaced(
    bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds, clock: SetClock, sessions: TenantSessions
) -> None:
    first = await seeds.plant(bare, code, about_html="")
    clock.pass_(seconds=INVITATION_LIFE.total_seconds())
    second = await seeds.plant(bare, code, about_html="")

    async with sessions.open(bare) as session:
        old, new = await invitation_of(session, first.token), await invitation_of(session, second.token)
        found = await SqlInvitationStorage(session).find(old)
    assert old != new
    assert found is not None
    assert found.revoked_at == clock.now()


async def test_another_owner_in_the_code_ends_the_first_ones_invitation(
    bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds, sessions: TenantSessions
) -> None:
    await seeds.plant(bare, code, about_html="")
    await seeds.plant(bare, replace(code, owner_email="eve@anna.example"), about_html="")

    async with sessions.open(bare) as session:
        assert await SqlInvitationStorage(session).find_open("anna@anna.example") is None
        assert await SqlInvitationStorage(session).find_open("eve@anna.example") is not None


async def test_a_site_with_an_owner_invites_nobody(
    bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds, sessions: TenantSessions, clock: SetClock
) -> None:
    async with sessions.open(bare) as session:
        owner = User(
            id=UserId("u1"), email="a@b.c", name="A", role=Role.OWNER, password_hash="h", created_at=clock.now()
        )
        await SqlUserStorage(session).add(owner)
        await session.commit()

    assert (await seeds.plant(bare, code, about_html="")).token is None


async def test_a_picture_that_is_not_there_yet_is_drift(bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds) -> None:
    await seeds.plant(bare, code, about_html="")

    assert await seeds.drift(bare, code) == []
    assert await seeds.drift(bare, replace(code, picture="portrait.webp")) == ["picture"]


async def test_a_bare_site_differs_in_everything(bare: Tenant, code: SiteCode, seeds: SqlSiteSeeds) -> None:
    assert "title" in await seeds.drift(bare, code)
