from dataclasses import replace

from core.access import Scope
from core.errors import Forbidden, Unauthenticated
from core.granting import GrantsTooMuch
from core.identity import Role, UserId
from core.users.errors import UserNotFound
from core.users.use_cases.enable_user import EnableUser
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


async def test_who_was_shut_out_is_let_in_again(house: PeopleHouse) -> None:
    user = house.has_user(member(disabled_at=NOW))
    house.admits(Role.OWNER)

    await house.make(EnableUser)(user.id)

    assert house.kept(house.users)[user.id] == replace(user, disabled_at=None)
    assert [one.after for one in house.kept(house.audit)] == [{"state": "active"}]


async def test_who_is_in_already_stays_so(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EnableUser)(user.id) == user


async def test_nobody_lets_in_who_may_more(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER, disabled_at=NOW))
    house.admits(Role.EDITOR)
    house.has_policy(*house.gives(Role.EDITOR, DISABLE_USER=Scope.ALL))

    with house.refuses(GrantsTooMuch):
        await house.make(EnableUser)(owner.id)


async def test_nobody_is_not_found(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(UserNotFound):
        await house.make(EnableUser)(UserId("nobody"))


async def test_a_refused_member_lets_nobody_in(house: PeopleHouse) -> None:
    user = house.has_user(member(disabled_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(EnableUser)(user.id)


async def test_a_refused_visitor_lets_nobody_in(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(EnableUser)(UserId("author"))
