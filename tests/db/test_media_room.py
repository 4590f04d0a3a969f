"""Two uploads at the same moment cannot share the last room of a site."""

import asyncio

from core.media.entities import new_media_key
from core.tenancy.entities import Tenant
from db.media import SqlMediaStorage
from db.tenant_session import TenantSessions
from tests.core.makers import picture

ROOM = 150


async def test_the_last_room_is_given_once(anna: Tenant, sessions: TenantSessions) -> None:
    async def upload() -> bool:
        async with sessions.open(anna) as session:
            media = SqlMediaStorage(session)
            taken = (await media.hold()).size
            if taken + 100 > ROOM:
                return False
            await media.add(picture(new_media_key("webp"), by=None, size=100))
            await session.commit()
            return True

    assert sorted(await asyncio.gather(*(upload() for _ in range(4)))) == [False, False, False, True]


async def test_sites_do_not_wait_for_each_other(anna: Tenant, boris: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as here, sessions.open(boris) as there:
        await SqlMediaStorage(here).hold()
        assert (await SqlMediaStorage(there).hold()).files == 0
