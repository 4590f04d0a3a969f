from dataclasses import replace

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role, SessionId
from core.users.use_cases.list_sessions import ListSessions
from tests.core.makers import NOW, member, stay
from tests.core.people_house import PeopleHouse


async def test_a_member_sees_her_live_sessions_the_last_used_first(house: PeopleHouse) -> None:
    house.has_user(member())
    here = house.has_session(stay())
    house.clock.pass_(days=1)
    newer = house.has_session(replace(stay(at=house.clock.now()), id=SessionId("newer")))
    house.has_session(replace(stay(at=NOW.replace(year=2020)), id=SessionId("over")))
    house.has_session(stay(Role.EDITOR))
    house.admits(Role.AUTHOR)

    assert list(await house.make(ListSessions)()) == [newer, here]


async def test_a_refused_visitor_sees_none(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ListSessions)()


async def test_who_may_not_is_refused(house: PeopleHouse) -> None:
    house.admits(Role.AUTHOR)
    house.forbids(Action.READ_SESSION)

    with house.refuses(Forbidden):
        await house.make(ListSessions)()
