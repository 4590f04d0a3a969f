import pytest

from core.access import Action, Scope
from core.errors import Forbidden, Invalid, Unauthenticated
from core.granting import GrantsTooMuch, LastOwner
from core.identity import Role, UserId
from core.users.errors import UserNotFound
from core.users.use_cases.set_role import SetRole
from tests.core.makers import member
from tests.core.people_house import PeopleHouse


async def test_an_owner_gives_another_role(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.OWNER)

    await house.make(SetRole)(user.id, Role.EDITOR)

    assert house.kept(house.users)[user.id].role == Role.EDITOR
    [recorded] = house.kept(house.audit)
    assert (recorded.before, recorded.after) == ({"role": "author"}, {"role": "editor"})


async def test_the_same_role_again_changes_nothing(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(SetRole)(user.id, Role.AUTHOR) == user


async def test_the_last_owner_stays_one(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER))
    house.admits(Role.OWNER)

    with house.refuses(LastOwner):
        await house.make(SetRole)(owner.id, Role.EDITOR)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.OPERATOR, "no role"])
async def test_a_role_that_the_site_has_not_is_refused(house: PeopleHouse, role: str) -> None:
    user = house.has_user(member())
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(SetRole)(user.id, role)


async def test_nobody_gives_or_takes_what_she_lacks(house: PeopleHouse) -> None:
    author, owner = house.has_user(member()), house.has_user(member(Role.OWNER))
    house.admits(Role.EDITOR)
    house.has_policy(*house.gives(Role.EDITOR, SET_ROLE=Scope.ALL))

    for user, role in ((author, Role.OWNER), (owner, Role.VIEWER)):
        with house.refuses(GrantsTooMuch):
            await house.make(SetRole)(user.id, role)


async def test_nobody_is_not_found(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(UserNotFound):
        await house.make(SetRole)(UserId("nobody"), Role.EDITOR)


async def test_a_refused_member_gives_no_role(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.EDITOR)
    assert not house.access.can(Action.SET_ROLE)

    with house.refuses(Forbidden):
        await house.make(SetRole)(user.id, Role.EDITOR)


async def test_a_refused_visitor_gives_no_role(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(SetRole)(UserId("author"), Role.EDITOR)
