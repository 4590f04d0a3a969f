from dataclasses import replace

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role, SessionId
from core.users.use_cases.end_other_sessions import EndOtherSessions
from tests.core.makers import member, stay
from tests.core.people_house import PeopleHouse


async def test_all_but_the_one_in_use_end(house: PeopleHouse) -> None:
    house.has_user(member())
    here, editors = house.has_session(stay()), house.has_session(stay(Role.EDITOR))
    for number in range(2):
        house.has_session(replace(stay(), id=SessionId(f"other {number}")))
    house.admits(Role.AUTHOR)

    assert await house.make(EndOtherSessions)() == 2

    assert house.kept(house.sessions) == {here.id: here, editors.id: editors}


async def test_a_refused_visitor_ends_none(house: PeopleHouse) -> None:
    house.has_session(stay())

    with house.refuses(Unauthenticated):
        await house.make(EndOtherSessions)()


async def test_who_may_not_is_refused(house: PeopleHouse) -> None:
    house.has_session(stay())
    house.admits(Role.AUTHOR)
    house.forbids(Action.END_SESSION)

    with house.refuses(Forbidden):
        await house.make(EndOtherSessions)()
