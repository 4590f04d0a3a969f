from core.errors import Forbidden, Unauthenticated
from core.identity import Role, UserId
from core.users.errors import UserNotFound
from core.users.profiles import Profile
from core.users.use_cases.show_user import ShowUser
from tests.core.makers import member
from tests.core.people_house import PeopleHouse

PROFILE = Profile(bio="I *write*.", bio_html="<p>I <em>write</em>.</p>")


async def test_a_member_sees_her_own_data_and_an_owner_everybodys(house: PeopleHouse) -> None:
    user = house.has_profile(member(), PROFILE)

    for role in (Role.AUTHOR, Role.OWNER):
        house.admits(role)
        found = await house.make(ShowUser)(user.id)
        assert (found.user, found.profile) == (user, PROFILE)


async def test_nobody_is_not_found(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(UserNotFound):
        await house.make(ShowUser)(UserId("nobody"))


async def test_a_refused_member_does_not_see_another(house: PeopleHouse) -> None:
    user = house.has_user(member(Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(ShowUser)(user.id)


async def test_a_refused_visitor_sees_nobody(house: PeopleHouse) -> None:
    user = house.has_user(member())

    with house.refuses(Unauthenticated):
        await house.make(ShowUser)(user.id)
