from core.errors import Forbidden, Unauthenticated
from core.identity import Role, UserId
from core.users.people import Belongings
from core.users.use_cases.show_belongings import ShowBelongings
from tests.core.people_house import PeopleHouse

HERS = Belongings(posts=2, questions=1, files=3)


async def test_an_owner_sees_what_goes_under_a_name(house: PeopleHouse) -> None:
    house.belongings.kept[UserId("author")] = HERS
    house.transaction.settle()
    house.admits(Role.OWNER)

    assert await house.make(ShowBelongings)(UserId("author")) == HERS


async def test_a_refused_member_sees_nothing(house: PeopleHouse) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(ShowBelongings)(UserId("author"))


async def test_a_refused_visitor_sees_nothing(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ShowBelongings)(UserId("author"))
