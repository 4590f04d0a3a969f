import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role, SessionId
from core.users.errors import SessionNotFound
from core.users.use_cases.read_session import ReadSession
from tests.core.house import House
from tests.core.makers import stay


def read(house: House) -> ReadSession:
    return ReadSession(access=house.access, sessions=house.sessions)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.OWNER])
async def test_member_looks_at_her_own_session_and_owner_at_anybodys(house: House, role: Role) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(role)

    assert await read(house)(session.id) == session


async def test_an_unknown_session_is_refused(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(SessionNotFound):
        await read(house)(SessionId("nowhere"))


async def test_editor_may_not_look_at_the_session_of_another(house: House) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await read(house)(session.id)


async def test_a_refused_member_sees_nothing_where_the_site_says_so(house: House) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.AUTHOR)
    house.forbids(Action.READ_SESSION)

    with house.refuses(Forbidden):
        await read(house)(session.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    session = house.has_session(stay())

    with house.refuses(Unauthenticated):
        await read(house)(session.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await read(house)(SessionId("nowhere"))
