"""The contract of AskedThings: people and things are found as in the database, whatever they are called."""

from dataclasses import replace

import pytest

from core.blog.entities import PostId
from core.identity import Role
from core.roles.storage import AskedThings
from core.tenancy.entities import Tenant
from db.asked_things import SqlAskedThings
from db.tenant_session import TenantSessions
from tests.contracts.conftest import storages_of
from tests.core.fakes.asked_things import MemoryAskedThings
from tests.core.fakes.clock import SetClock
from tests.core.house import House
from tests.core.makers import NOW, draft, member, picture, published, stay
from tests.core.matrix_makers import question, sheet

SHEET = sheet()
HERS = replace(draft(by=Role.AUTHOR), id=PostId("hers"), slug="hers")
HIS = published(by=Role.EDITOR)
ASKED = question(by=Role.AUTHOR)
KINDS = (("post", HERS.id), ("post", HIS.id), ("question", ASKED.id), ("session", stay(Role.AUTHOR).id))
PEOPLE = (member(Role.AUTHOR), replace(member(Role.EDITOR), disabled_at=NOW))


def in_memory() -> AskedThings:
    house = House()
    for user in PEOPLE:
        house.has_user(user)
    house.has_session(stay(Role.AUTHOR))
    house.has_post(HERS)
    house.has_post(HIS)
    house.has_sheet(SHEET)
    house.has_question(ASKED)
    house.has_media(picture(by=Role.AUTHOR))
    return MemoryAskedThings(
        users=house.users, sessions=house.sessions, posts=house.posts, questions=house.questions, media=house.media
    )


async def test_both_find_alike(anna: Tenant, sessions: TenantSessions) -> None:
    fake = in_memory()
    async with sessions.open(anna) as session:
        kept = storages_of(session, SetClock())
        for user in PEOPLE:
            await kept.users.add(user)
        await kept.sessions.add(stay(Role.AUTHOR))
        await kept.posts.add(HERS)
        await kept.posts.add(HIS)
        await kept.sheets.add(SHEET)
        await kept.questions.add(ASKED)
        await kept.media.add(picture(by=Role.AUTHOR))
        real = SqlAskedThings(session)

        for kind, thing_id in (*KINDS, ("media", picture(by=Role.AUTHOR).key), *((kind, "none") for kind, _ in KINDS)):
            assert await real.thing(kind, thing_id, NOW) == await fake.thing(kind, thing_id, NOW)
            assert (await real.thing(kind, thing_id, NOW) is None) is (thing_id == "none")
        for known_as in ("author", " AUTHOR@example.org", "editor@example.org", "nobody", ""):
            assert await real.person(known_as) == await fake.person(known_as)
        assert await real.person("\x00") is None
        assert await real.thing("post", "\x00", NOW) is None


@pytest.mark.parametrize(("post", "is_public"), [(HERS, False), (HIS, True)])
async def test_what_is_public_is_said(post: object, is_public: bool) -> None:
    found = await in_memory().thing("post", getattr(post, "id", ""), NOW)
    assert found is not None
    assert found.is_public is is_public
