import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.use_cases.list_users import ListUsers
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


async def test_an_owner_sees_everybody_by_name(house: PeopleHouse) -> None:
    editor, author = house.has_user(member(Role.EDITOR)), house.has_user(member())
    house.users.seen[author.id] = NOW
    house.admits(Role.OWNER)

    found = await house.make(ListUsers)()

    assert [(person.user, person.seen_at) for person in found] == [(author, NOW), (editor, None)]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
async def test_a_refused_member_sees_nobody(house: PeopleHouse, role: Role) -> None:
    house.admits(role)

    with house.refuses(Forbidden):
        await house.make(ListUsers)()


async def test_a_refused_visitor_sees_nobody(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ListUsers)()
