from dataclasses import replace

import pytest

from core.access import Scope
from core.errors import Forbidden, Invalid, Unauthenticated
from core.granting import GrantsTooMuch, LastOwner
from core.identity import Role, UserId
from core.users.errors import NotOneself, UserNotFound
from core.users.people import Belongings
from core.users.use_cases.delete_user import DeleteUser
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse

HERS = Belongings(posts=2, questions=1, files=3)


def has_writer(house: PeopleHouse) -> UserId:
    user = house.has_user(member())
    house.belongings.kept[user.id] = HERS
    house.transaction.settle()
    return user.id


async def test_what_she_wrote_becomes_anothers(house: PeopleHouse) -> None:
    editor, writer = house.has_user(member(Role.EDITOR)), has_writer(house)
    house.admits(Role.OWNER)

    await house.make(DeleteUser)(writer, heir=editor.id)

    assert writer not in house.kept(house.users)
    assert house.kept(house.belongings) == {editor.id: HERS}
    [recorded] = house.kept(house.audit)
    assert (recorded.label, recorded.after) == ("Author", {"heir": "Editor"})


async def test_or_nobodys(house: PeopleHouse) -> None:
    writer = has_writer(house)
    house.admits(Role.OWNER)

    await house.make(DeleteUser)(writer, heir=None)

    assert writer not in house.kept(house.users)


@pytest.mark.parametrize("heir", ["nobody", "author", "viewer"])
async def test_only_somebody_who_is_here_inherits(house: PeopleHouse, heir: str) -> None:
    writer = has_writer(house)
    house.has_user(member(Role.VIEWER, disabled_at=NOW))
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(DeleteUser)(writer, heir=UserId(heir))


async def test_nobody_deletes_herself(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER))
    house.admits(Role.OWNER)

    with house.refuses(NotOneself):
        await house.make(DeleteUser)(owner.id, heir=None)


async def test_the_last_owner_stays(house: PeopleHouse) -> None:
    other = house.has_user(replace(member(Role.OWNER), id=UserId("other")))
    house.admits(Role.OWNER)

    with house.refuses(LastOwner):
        await house.make(DeleteUser)(other.id, heir=None)


async def test_nobody_deletes_who_may_more(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER))
    house.admits(Role.EDITOR)
    house.has_policy(*house.gives(Role.EDITOR, DELETE_USER=Scope.ALL))

    with house.refuses(GrantsTooMuch):
        await house.make(DeleteUser)(owner.id, heir=None)


async def test_nobody_is_not_found(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(UserNotFound):
        await house.make(DeleteUser)(UserId("nobody"), heir=None)


async def test_a_refused_member_deletes_nobody(house: PeopleHouse) -> None:
    writer = has_writer(house)
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(DeleteUser)(writer, heir=None)


async def test_a_refused_visitor_deletes_nobody(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(DeleteUser)(UserId("author"), heir=None)
