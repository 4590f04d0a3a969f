from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role, SessionId
from core.users.errors import SessionNotFound
from core.users.use_cases.end_session import EndSession
from tests.core.house import House
from tests.core.makers import stay


def end(house: House) -> EndSession:
    return EndSession(access=house.access, sessions=house.sessions, transaction=house.transaction)


async def test_member_ends_her_own_session(house: House) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.AUTHOR)

    await end(house)(session.id)

    assert house.kept(house.sessions) == {}


async def test_owner_ends_anybodys(house: House) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.OWNER)

    await end(house)(session.id)

    assert house.kept(house.sessions) == {}


async def test_an_unknown_session_is_refused(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(SessionNotFound):
        await end(house)(SessionId("nowhere"))


async def test_editor_may_not_end_the_session_of_another(house: House) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await end(house)(session.id)


async def test_a_refused_member_ends_nothing_where_the_site_says_so(house: House) -> None:
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.AUTHOR)
    house.forbids(Action.END_SESSION)

    with house.refuses(Forbidden):
        await end(house)(session.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    session = house.has_session(stay())

    with house.refuses(Unauthenticated):
        await end(house)(session.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await end(house)(SessionId("nowhere"))
