from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.use_cases.sign_out import SignOut
from tests.core.house import House
from tests.core.makers import stay


def sign_out(house: House) -> SignOut:
    return SignOut(access=house.access, sessions=house.sessions, transaction=house.transaction)


async def test_member_ends_the_session_in_use_and_no_other(house: House) -> None:
    house.has_session(stay(Role.VIEWER))
    other = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.VIEWER)

    await sign_out(house)()

    assert house.kept(house.sessions) == {other.id: other}


async def test_signing_out_twice_changes_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.changes_nothing():
        await sign_out(house)()


async def test_a_member_may_not_end_the_session_of_another(house: House) -> None:
    """It cannot happen by a request, for the session in use is found by the actor; it is refused all the same."""
    foreign = stay(Role.OWNER)
    house.sessions.kept[stay(Role.VIEWER).id] = foreign
    house.transaction.settle()
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await sign_out(house)()


async def test_a_refused_member_stays_where_the_site_says_so(house: House) -> None:
    house.has_session(stay(Role.VIEWER))
    house.admits(Role.VIEWER)
    house.forbids(Action.END_SESSION)

    with house.refuses(Forbidden):
        await sign_out(house)()


async def test_a_refused_visitor_has_nothing_to_end(house: House) -> None:
    house.has_session(stay())

    with house.refuses(Unauthenticated):
        await sign_out(house)()
