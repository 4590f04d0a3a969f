import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.use_cases.show_security import ShowSecurity
from tests.core.people_house import PeopleHouse


async def test_an_owner_sees_the_rules(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    assert await house.make(ShowSecurity)() == house.security.kept


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_a_refused_actor_sees_nothing(
    house: PeopleHouse, role: Role, error: type[Forbidden] | type[Unauthenticated]
) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowSecurity)()
